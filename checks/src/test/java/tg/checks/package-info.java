/// The rules of CONTRIBUTING.md as tests: about sources, module descriptors and `./tg`.
@NullMarked
package tg.checks;

import org.jspecify.annotations.NullMarked;
