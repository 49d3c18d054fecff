/// The Telegram port: updates in, calls out, as records.
@NullMarked
package tg.api;

import org.jspecify.annotations.NullMarked;
