package tg.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The progress of a worker's jobs on its way to the store: the latest of each job, all together,
/// ten times a second at most. Has a thread as long as there is something to write. Thread-safe.
final class ProgressBoard {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final NoteStore.Limits LIMITS = new NoteStore.Limits(1_000, Long.MAX_VALUE);

  private final NoteStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private Map<Name, NoteStore.Note> latest = new LinkedHashMap<>();
  private Map<Name, NoteStore.Note> leaving = Map.of();
  private boolean working;

  private record Name(String queue, JobId id) {}

  ProgressBoard(NoteStore store) {
    this.store = store;
  }

  /// Puts down the progress of a job instead of what it said before.
  void post(NoteStore.Note note) {
    lock.lock();
    try {
      latest.put(new Name(note.owner().queue(), note.owner().id()), note);
      if (!working) {
        working = true;
        Thread.ofVirtual().name("tg.queue-progress").start(this::work);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Writes what a job said last, if it was not written, and returns when that is done.
  void flush(Job job) {
    var name = new Name(job.queue(), job.id());
    NoteStore.Note note;
    lock.lock();
    try {
      note = latest.remove(name);
      while (leaving.containsKey(name)) {
        written.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (note != null) {
      write(List.of(note));
    }
  }

  private void work() {
    while (true) {
      List<NoteStore.Note> notes;
      lock.lock();
      try {
        if (latest.isEmpty()) {
          working = false;
          return;
        }
        leaving = latest;
        latest = new LinkedHashMap<>();
        notes = new ArrayList<>(leaving.values());
      } finally {
        lock.unlock();
      }
      write(notes);
      lock.lock();
      try {
        leaving = Map.of();
        written.signalAll();
        pause();
      } finally {
        lock.unlock();
      }
    }
  }

  private void pause() {
    long left = PAUSE_NANOS;
    try {
      while (left > 0) {
        left = written.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Progress is for people: what cannot be written now is not worth a failure of the job.
  private void write(List<NoteStore.Note> notes) {
    try {
      store.write(LIMITS, notes);
    } catch (QueueException.Unavailable e) {
      LOG.log(System.Logger.Level.WARNING, "progress was not published: {0}", e.getMessage());
    }
  }
}
