/// The worker process and the TaskHandler service interface.
@NullMarked
package tg.worker;

import org.jspecify.annotations.NullMarked;
