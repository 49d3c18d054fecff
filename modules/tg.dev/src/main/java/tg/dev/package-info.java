/// Bot, worker, sim and an embedded server in one process.
@NullMarked
package tg.dev;

import org.jspecify.annotations.NullMarked;
