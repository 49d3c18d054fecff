package tg.chaos;

import java.time.Duration;

/// What is set up to be broken. Immutable.
///
/// @param producers how many producer processes
/// @param workers how many worker processes
/// @param concurrency how many jobs a worker runs at once
/// @param groups how many groups
/// @param cap how many jobs of a group run at once
/// @param lease of each worker
/// @param failover whether there is a replica that may be put in the server's place
record Setting(
    int producers,
    int workers,
    int concurrency,
    int groups,
    int cap,
    Duration lease,
    boolean failover) {
  static final Setting USUAL = new Setting(2, 3, 6, 6, 2, Duration.ofSeconds(3), false);
  static final Setting FAILOVER = new Setting(2, 3, 6, 6, 2, Duration.ofSeconds(3), true);

  static final String NAMESPACE = "chaos";
  static final String QUEUE = "work";
  static final String FOLLOW_UPS = "after";
}
