/// An evening, and what must be true after it. Read {@link tg.evening.Evening}, then {@link
/// tg.evening.Checker}.
@NullMarked
package tg.evening;

import org.jspecify.annotations.NullMarked;
