package tg.queue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a {@link Store} that knows the schedules. Each method is one atomic step. A
/// definition is text that the store does not look into. Thread-safe.
interface ScheduleStore {
  /// Keeps the definition, with its next tick, unless it is there already: then nothing changes.
  ///
  /// @return whether something changed
  boolean put(String name, String definition, Instant next);

  /// Forgets a schedule.
  ///
  /// @return whether it was there
  boolean remove(String name);

  /// Lets it tick no more.
  ///
  /// @return whether it was there and ticking
  boolean pause(String name);

  /// Lets it tick again.
  ///
  /// @return whether it was there and paused
  boolean resume(String name, Instant next);

  /// {@return all schedules by name, with the store's clock}
  Page list();

  /// {@return up to 100 schedules of which a tick is due, with the store's clock and the next due
  /// time of the others}
  Due due();

  /// Adds the jobs and moves the schedule on, if its tick is still the one expected and is due by
  /// the store's clock. A repetition changes nothing.
  ///
  /// @return whether this call did it
  boolean tick(Tick tick);

  /// A schedule as it is kept.
  ///
  /// @param name its name
  /// @param definition the text
  /// @param next the next tick; null while it is paused
  /// @param last the latest tick that added a job
  record Entry(String name, String definition, @Nullable Instant next, @Nullable Instant last) {}

  /// All schedules.
  ///
  /// @param now the store's clock
  /// @param entries by name
  record Page(Instant now, List<Entry> entries) {}

  /// What should be done now.
  ///
  /// @param now the store's clock
  /// @param entries those of which a tick is due
  /// @param next when the first of the others is due; null when there is none
  record Due(Instant now, List<Entry> entries, @Nullable Instant next) {}

  /// One step of a schedule.
  ///
  /// @param entry as it was found: its definition and its tick must be the same still
  /// @param jobs what is added
  /// @param last the latest of the ticks run; null when none is
  /// @param next the tick after these
  record Tick(Entry entry, List<Store.Ticket> jobs, @Nullable Instant last, Instant next) {}
}
