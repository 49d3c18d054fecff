package tg.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Takes the parcels of one partition to the others, on a virtual thread while there is something
/// to do. Any number of processes may do so at the same time. Thread-safe.
final class Relay {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  private final int from;
  private final List<? extends Partition> partitions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition carried = lock.newCondition();
  private long asked;
  private long done;
  private boolean active;

  Relay(int from, List<? extends Partition> partitions) {
    this.from = from;
    this.partitions = partitions;
  }

  /// Looks for parcels soon.
  ///
  /// @return a number to wait for
  long ask() {
    lock.lock();
    try {
      asked++;
      if (!active) {
        active = true;
        Thread.ofVirtual().name("tg.queue-relay-" + from).start(this::work);
      }
      return asked;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until what was there when it was asked has been carried or tried, but not for long: it
  /// arrives in any case.
  void await(long number, long atMostMillis) {
    long left = TimeUnit.MILLISECONDS.toNanos(atMostMillis);
    lock.lock();
    try {
      while (done < number && left > 0) {
        left = carried.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (long number = begin(); number > 0; number = begin()) {
      try {
        carry();
      } catch (QueueException.Unavailable e) {
        LOG.log(System.Logger.Level.DEBUG, "parcels wait: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "parcels cannot be carried from partition " + from, e);
      } finally {
        end(number);
      }
    }
  }

  private long begin() {
    lock.lock();
    try {
      active = done < asked;
      return active ? asked : 0;
    } finally {
      lock.unlock();
    }
  }

  private void end(long number) {
    lock.lock();
    try {
      done = number;
      carried.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// A partition that is away keeps only its own parcels waiting.
  private void carry() {
    var here = partitions.get(from);
    QueueException.Unavailable away = null;
    for (var parcels = here.parcels();
        !parcels.isEmpty() && away == null;
        parcels = here.parcels()) {
      var byPartition = new LinkedHashMap<Integer, List<Partition.Parcel>>();
      for (var parcel : parcels) {
        byPartition.computeIfAbsent(parcel.to(), key -> new ArrayList<>()).add(parcel);
      }
      for (var each : byPartition.entrySet()) {
        try {
          partitions.get(each.getKey()).receive(from, each.getValue());
          here.received(each.getKey(), each.getValue().getLast().number());
        } catch (QueueException.Unavailable e) {
          away = e;
        }
      }
    }
    if (away != null) {
      throw away;
    }
  }
}
