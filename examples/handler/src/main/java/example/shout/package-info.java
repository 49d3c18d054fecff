/// An example of a task handler.
@NullMarked
package example.shout;

import org.jspecify.annotations.NullMarked;
