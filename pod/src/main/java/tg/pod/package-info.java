/// The trial of the pod.
@NullMarked
package tg.pod;

import org.jspecify.annotations.NullMarked;
