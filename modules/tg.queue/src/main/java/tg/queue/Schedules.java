package tg.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The schedules of a namespace: jobs that are enqueued at the times of a calendar or at intervals.
/// Thread-safe.
///
/// They are kept on the server, and tick as long as a worker of the namespace runs in any process,
/// or a process called {@link #run}. However many do, each tick is enqueued **once**: it is the
/// server that moves a schedule from one tick to the next, in the same atomic step that adds the
/// job, and its clock alone says that a tick is due.
public final class Schedules {
  private final Queues queues;
  private final ScheduleStore store;
  private final Rest rest = new Rest();
  private final AtomicBoolean running = new AtomicBoolean();

  Schedules(Queues queues, ScheduleStore store) {
    this.queues = queues;
    this.store = store;
  }

  /// Adds the schedule, or replaces the one of the same name. The same definition again changes
  /// nothing, so that every process may put all its schedules when it starts. A changed one ticks
  /// next at its first time from now on; a paused one stays paused.
  ///
  /// @return whether something changed
  public boolean put(Schedule schedule) {
    queues.checkSize("the payload of schedule " + schedule.name(), schedule.job().payload());
    var page = store.list();
    boolean known =
        page.entries().stream()
            .filter(entry -> entry.name().equals(schedule.name()))
            .anyMatch(entry -> same(entry, schedule));
    var text = ScheduleText.write(schedule, queues.seal());
    var next = schedule.next(page.now());
    boolean changes = !known && store.put(schedule.name(), text, next);
    rest.cut();
    return changes;
  }

  /// An encrypted definition is another text each time.
  private boolean same(ScheduleStore.Entry entry, Schedule schedule) {
    try {
      return ScheduleText.read(entry.name(), entry.definition(), queues.seal()).equals(schedule);
    } catch (IllegalArgumentException | QueueException.Sealed e) {
      return false;
    }
  }

  /// Removes a schedule. Jobs it has added stay.
  ///
  /// @return whether it was there
  public boolean remove(String name) {
    return store.remove(name);
  }

  /// Pauses a schedule: its ticks pass without a job, until it is resumed.
  ///
  /// @return whether it was there and not paused
  public boolean pause(String name) {
    return store.pause(name);
  }

  /// Resumes a paused schedule with its first tick from now on.
  ///
  /// @return whether it was there and paused
  public boolean resume(String name) {
    var page = store.list();
    for (var entry : page.entries()) {
      if (entry.name().equals(name) && entry.next() == null) {
        var next = ScheduleText.read(name, entry.definition(), queues.seal()).next(page.now());
        boolean resumed = store.resume(name, next);
        rest.cut();
        return resumed;
      }
    }
    return false;
  }

  /// {@return all schedules, by name}
  public List<ScheduleInfo> list() {
    var all = new ArrayList<ScheduleInfo>();
    for (var entry : store.list().entries()) {
      var schedule = ScheduleText.read(entry.name(), entry.definition(), queues.seal());
      all.add(new ScheduleInfo(schedule, entry.next(), entry.last()));
    }
    return List.copyOf(all);
  }

  /// {@return the schedule of that name}
  public Optional<ScheduleInfo> find(String name) {
    return list().stream().filter(info -> info.schedule().name().equals(name)).findFirst();
  }

  /// Enqueues the jobs of all ticks that are due now. Done by itself in a process with a worker.
  ///
  /// @return how many jobs this call enqueued
  public int tick() {
    return new Ticker(queues, store).tickAll().jobs();
  }

  /// Lets the schedules tick in this process, until the {@link Queues} are closed, although it has
  /// no worker. Called again, it changes nothing.
  public void run() {
    if (!running.getAndSet(true)) {
      var ticker = new Ticker(queues, store);
      Thread.ofPlatform()
          .daemon()
          .name("tg.queue-ticker-" + queues.namespace())
          .start(() -> ticker.work(rest));
    }
  }

  /// Ends the ticking of this process.
  void close() {
    rest.end();
  }
}
