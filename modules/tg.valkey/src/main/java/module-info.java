import org.jspecify.annotations.NullMarked;

/// A real Valkey or Redis server on this machine, for tests, for the demo, and for running a bot on
/// one machine with nothing installed: `valkey-server` from the PATH, else a static Redis 7.0 that
/// is inside this module.
@NullMarked
module tg.valkey {
  requires static transitive org.jspecify;

  exports tg.valkey;
}
