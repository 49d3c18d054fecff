package tg.queue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What this test says holds within a partition, and is not promised over several: in a namespace
/// that is spread, all its jobs are led to one of the partitions. See docs/queue.md, Partitions.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface WithinPartition {
  /// {@return what is not promised over several}
  Why value();

  /// The documented differences.
  enum Why {
    /// Jobs without a group, or of several groups, or of several priorities, have no common order.
    ORDER,
    /// What is added in the same step for another partition arrives soon after.
    SOON,
    /// What concerns several jobs in one step is refused when they are apart ({@link
    /// QueueException.Apart}).
    TOGETHER
  }
}
