package tg.queue;

/// What must have happened to added jobs before an enqueue returns. Immutable.
///
/// Whatever the level, the server has the jobs in its memory, and its own persistence goes on as
/// configured. A higher level waits for more, and costs that wait: one wait for all calls of the
/// same level that are under way at the same time. Calls of other levels are not held up.
///
/// When a level does not hold in time, the enqueue throws {@link QueueException.NotDurable}: the
/// jobs are in the queue all the same.
public sealed interface Durability {
  /// The server has them in memory. With `appendfsync everysec`, a crash of its machine may take
  /// the last second or two; with `always`, nothing that was answered.
  Durability MEMORY = new Memory();

  /// They are in the append-only file of the server, and synced to its disk (`WAITAOF 1 0`). Needs
  /// Valkey 7.2 or newer, or Redis 7.2 or newer, and `appendonly yes`. With `appendfsync everysec`
  /// the wait is up to a second or two.
  Durability LOCAL = new Local();

  /// So many replicas have them too, in memory (`WAIT`): they survive the loss of the server, if
  /// one of these replicas takes its place. A failover by Sentinel prefers the replica that has
  /// most; to be sure that any will do, give the number of all replicas.
  ///
  /// @param count 1 to 16
  static Durability replica(int count) {
    return new Replica(Settings.between("replicas", count, 1, 16));
  }

  /// See {@link #MEMORY}.
  record Memory() implements Durability {
    @Override
    public String toString() {
      return "MEMORY";
    }
  }

  /// See {@link #LOCAL}.
  record Local() implements Durability {
    @Override
    public String toString() {
      return "LOCAL";
    }
  }

  /// See {@link #replica}.
  ///
  /// @param count how many replicas
  record Replica(int count) implements Durability {
    @Override
    public String toString() {
      return "REPLICA(" + count + ")";
    }
  }
}
