/// Builds the files of the two images.
@NullMarked
package tg.jlink;

import org.jspecify.annotations.NullMarked;
