/// Chaos, with a checker: see `docs/chaos.md`.
@NullMarked
package tg.chaos;

import org.jspecify.annotations.NullMarked;
