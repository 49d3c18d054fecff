/// Benchmarks.
@NullMarked
package tg.bench;

import org.jspecify.annotations.NullMarked;
