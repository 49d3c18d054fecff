package tg.queue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The places for running jobs of one worker, shared by its loops, one for each partition.
/// Thread-safe.
///
/// Whoever asks gets what is free, as long as nobody waits. Who waits is served in turn, and up to
/// an even share comes before those who ask again: so an empty partition keeps no place, and a busy
/// one does not starve another. Places that a loop has reserved for a claim which the server does
/// not answer are not kept for long.
final class Slots {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int capacity;
  private final List<Seat> seats = new ArrayList<>();
  private final LinkedHashSet<Seat> waiting = new LinkedHashSet<>();

  Slots(int capacity) {
    this.capacity = capacity;
  }

  /// Lets one more loop take part.
  synchronized Seat join() {
    var seat = new Seat();
    seats.add(seat);
    return seat;
  }

  /// One loop's part.
  final class Seat {
    private Runnable poke = () -> {};
    private int running;
    private int reserved;
    private int granted;
    private long reservedNanos;
    private boolean calling;

    private Seat() {}

    /// Sets what to do when there may be a place again.
    void onRoom(Runnable task) {
      poke = task;
    }

    /// Begins a claim.
    ///
    /// @return for how many jobs there is a place
    int reserve(int most) {
      synchronized (Slots.this) {
        granted = Math.clamp(grantable(this), 0, most);
        reserved = granted;
        reservedNanos = System.nanoTime();
        calling = true;
        return granted;
      }
    }

    /// Ends a claim.
    ///
    /// @return how many of the jobs may run; fewer only when the places were given to others
    ///   meanwhile
    int begin(int jobs) {
      int may;
      synchronized (Slots.this) {
        boolean kept = reserved(this) == reserved;
        reserved = 0;
        calling = false;
        may = kept ? jobs : Math.clamp(free(), 0, jobs);
        running += may;
      }
      pokeWaiting();
      return may;
    }

    /// A job no longer runs.
    void end() {
      boolean nobody;
      synchronized (Slots.this) {
        running--;
        nobody = waiting.isEmpty();
      }
      if (!nobody) {
        pokeWaiting();
      }
    }

    /// {@return whether a claim would get a place now; if not, this loop waits for one and is
    /// poked}
    boolean room() {
      synchronized (Slots.this) {
        boolean room = grantable(this) > 0;
        if (room || granted > 0) {
          waiting.remove(this);
        }
        if (!room) {
          waiting.add(this);
        }
        return room;
      }
    }

    /// This loop claims nothing more.
    void leave() {
      synchronized (Slots.this) {
        waiting.remove(this);
        reserved = 0;
        calling = false;
      }
      pokeWaiting();
    }
  }

  private int reserved(Seat seat) {
    return System.nanoTime() - seat.reservedNanos < KEPT_NANOS ? seat.reserved : 0;
  }

  private int free() {
    int taken = 0;
    for (var seat : seats) {
      taken += seat.running + reserved(seat);
    }
    return capacity - taken;
  }

  private int grantable(Seat asking) {
    int free = free();
    int share = Math.max(1, capacity / (waiting.size() + (waiting.contains(asking) ? 0 : 1)));
    for (var seat : waiting) {
      if (seat == asking) {
        break;
      }
      if (!seat.calling) {
        free -= Math.max(0, share - seat.running);
      }
    }
    return free;
  }

  private void pokeWaiting() {
    var first = new ArrayList<Seat>();
    synchronized (this) {
      int free = waiting.isEmpty() ? 0 : free();
      for (var seat : waiting) {
        if (first.size() >= free) {
          break;
        }
        // One that is calling looks again when it is answered.
        if (!seat.calling) {
          first.add(seat);
        }
      }
    }
    first.forEach(seat -> seat.poke.run());
  }
}
