package tg.queue;

import tg.queue.internal.valkey.Connection;
import tg.queue.internal.valkey.exceptions.JedisDataException;

/// Where the server is now. A {@link Link} asks before each connection it makes, so the server may
/// move: by a failover, by a slot that migrates, by a name that gets another address. Thread-safe;
/// its text is for people and hides the password.
interface Whereabouts {
  /// {@return where to connect now, and how to log in there; may take a moment to find out}
  ///
  /// @throws tg.queue.internal.valkey.exceptions.JedisConnectionException when nobody knows; the
  ///   link asks again after a pause
  ServerAddress now();

  /// {@return where the keys of a slot are; a server that is no cluster has them all}
  default Whereabouts slot(int number) {
    return this;
  }

  /// Looks at a connection that was just made there, before its first call; it may use it.
  ///
  /// @throws tg.queue.internal.valkey.exceptions.JedisConnectionException when it is not the right
  ///   one after all
  default void inspect(Connection fresh) {}

  /// A server has refused a call with a reply ({@link Refusal#RECONNECT}) that another may take:
  /// `READONLY`, `MOVED` and the like. The link connects again after this.
  default void refused(ServerAddress by, JedisDataException reply) {}
}
