/// Everything we say to Telegram.
@NullMarked
package tg.outbox;

import org.jspecify.annotations.NullMarked;
