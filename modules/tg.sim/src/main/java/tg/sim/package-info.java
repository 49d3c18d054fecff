/// Telegram on your desk.
@NullMarked
package tg.sim;

import org.jspecify.annotations.NullMarked;
