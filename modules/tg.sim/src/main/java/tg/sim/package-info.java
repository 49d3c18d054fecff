/// A local Telegram: the Bot API for bots, a control API and a web chat for people.
@NullMarked
package tg.sim;

import org.jspecify.annotations.NullMarked;
