/// A real Valkey or Redis server on this machine.
@NullMarked
package tg.valkey;

import org.jspecify.annotations.NullMarked;
