/// The worker process: it runs handlers on tasks and turns their answers into letters.
@NullMarked
package tg.worker.process;

import org.jspecify.annotations.NullMarked;
