/// Durable job queue on Valkey, and the same queue in memory.
@NullMarked
package tg.queue;

import org.jspecify.annotations.NullMarked;
