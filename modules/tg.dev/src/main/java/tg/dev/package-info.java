/// Everything in one process, for trying it and for one machine.
@NullMarked
package tg.dev;

import org.jspecify.annotations.NullMarked;
