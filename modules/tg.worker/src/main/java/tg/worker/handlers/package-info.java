/// The handlers that come with tg.
@NullMarked
package tg.worker.handlers;

import org.jspecify.annotations.NullMarked;
