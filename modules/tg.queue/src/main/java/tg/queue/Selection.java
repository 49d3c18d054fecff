package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which jobs of a queue: those of some registries that are of a type, of a group, of a time; or
/// those of some ids. Immutable; each method returns a changed copy.
///
/// ```java
/// Selection.in(Registry.FAILED).type("mail").group("tenant:7").olderThan(Duration.ofHours(1))
/// ```
///
/// The time of a job is when it was enqueued while it is waiting or deferred; when it is due while
/// it is scheduled; when its attempt began while it is running; when it ended afterwards.
public final class Selection {
  private final List<Registry> registries;
  private final List<JobId> ids;
  private final Optional<String> type;
  private final Optional<String> group;
  private final Times times;

  /// @param age how old at least, by the store's clock at the time of each look
  record Times(Optional<Instant> since, Optional<Instant> before, Optional<Duration> age) {
    private static final Times ANY =
        new Times(Optional.empty(), Optional.empty(), Optional.empty());

    boolean include(Instant time, Instant now) {
      return since.filter(time::isBefore).isEmpty()
          && before.filter(end -> !time.isBefore(end)).isEmpty()
          && age.filter(least -> time.isAfter(now.minus(least))).isEmpty();
    }
  }

  private Selection(
      List<Registry> registries,
      List<JobId> ids,
      Optional<String> type,
      Optional<String> group,
      Times times) {
    this.registries = List.copyOf(registries);
    this.ids = List.copyOf(ids);
    this.type = type;
    this.group = group;
    this.times = times;
  }

  /// All jobs of these registries, which are looked through in this order.
  public static Selection in(Registry first, Registry... more) {
    var registries = new ArrayList<>(List.of(first));
    registries.addAll(List.of(more));
    return new Selection(
        registries.stream().distinct().toList(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Times.ANY);
  }

  /// These jobs, in whatever registry they are; those that are not known are passed over.
  public static Selection of(List<JobId> ids) {
    return new Selection(
        List.of(), ids.stream().distinct().toList(), Optional.empty(), Optional.empty(), Times.ANY);
  }

  /// Of these those of the type.
  public Selection type(String value) {
    return new Selection(filtered(), ids, Optional.of(Names.check("type", value)), group, times);
  }

  /// Of these those of the group.
  public Selection group(String value) {
    return new Selection(
        filtered(), ids, type, Optional.of(Names.checkTagged("group", value)), times);
  }

  /// Of these those whose time is this or later.
  public Selection since(Instant value) {
    return in(new Times(Optional.of(value), times.before, times.age));
  }

  /// Of these those whose time is earlier than this.
  public Selection before(Instant value) {
    return in(new Times(times.since, Optional.of(value), times.age));
  }

  /// Of these those whose time is that long ago, by the server's clock.
  ///
  /// @param value zero or more
  public Selection olderThan(Duration value) {
    Settings.within("age", value, Duration.ZERO, Duration.ofDays(36_500));
    return in(new Times(times.since, times.before, Optional.of(value)));
  }

  private Selection in(Times value) {
    return new Selection(filtered(), ids, type, group, value);
  }

  private List<Registry> filtered() {
    if (registries.isEmpty()) {
      throw new IllegalArgumentException("ids are not filtered: begin with Selection.in(…)");
    }
    return registries;
  }

  /// {@return the registries; none when the ids are given}
  List<Registry> registries() {
    return registries;
  }

  List<JobId> ids() {
    return ids;
  }

  Optional<String> type() {
    return type;
  }

  Optional<String> group() {
    return group;
  }

  Times times() {
    return times;
  }

  /// Refuses a selection whose jobs cannot be what they are selected for.
  Selection only(boolean ended, String deed) {
    for (var registry : registries) {
      if (registry.ended() != ended) {
        throw new IllegalArgumentException(
            registry.word()
                + " jobs cannot be "
                + deed
                + ": only those that have "
                + (ended ? "ended" : "not ended"));
      }
    }
    return this;
  }

  @Override
  public String toString() {
    return registries.isEmpty()
        ? ids.size() + " ids"
        : registries
            + type.map(" type "::concat).orElse("")
            + group.map(" group "::concat).orElse("");
  }
}
