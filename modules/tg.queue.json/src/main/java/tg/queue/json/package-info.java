/// Records as JSON in payloads.
@NullMarked
package tg.queue.json;

import org.jspecify.annotations.NullMarked;
