/// The bot process.
@NullMarked
package tg.bot;

import org.jspecify.annotations.NullMarked;
