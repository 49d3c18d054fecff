/// What authors of bots implement: a {@link tg.worker.TaskHandler}, and what it is given.
@NullMarked
package tg.worker;

import org.jspecify.annotations.NullMarked;
