package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Applies random moves to two stores at once, one of which is the model, and compares all that can
/// be seen after each. Confined to one thread.
final class History {
  private static final Duration FAR = Duration.ofHours(1);

  private final List<Side> sides;
  private final List<JobId> ids = new ArrayList<>();
  private int moves;

  History(Queues tested, Queues model) {
    this.sides = List.of(new Side(tested), new Side(model));
  }

  /// One move; the numbers choose among what there is.
  sealed interface Move {
    /// Adds a job; named and replacing ones sometimes meet one that is there.
    record Add(int name, int group, boolean urgent, int key, boolean later) implements Move {}

    /// Adds one that waits for another, which may have ended or be unknown.
    record AddAfter(int other, int otherwise) implements Move {}

    /// Adds one whose key may be held.
    record AddUnique(int key, boolean untilStarted) implements Move {}

    /// Pauses the queue, or resumes it.
    record Pause(boolean resume) implements Move {}

    record Claim(int worker, int want) implements Move {}

    /// Settles one of all jobs ever claimed, so that many are stale.
    record Settle(int worker, int claimed, int outcome, boolean followUp) implements Move {}

    record GiveBack(int worker, int claimed, boolean started) implements Move {}

    record Repeat(int worker) implements Move {}

    record Resign(int worker) implements Move {}

    record Cancel(int id) implements Move {}

    record Requeue(int id) implements Move {}

    record Delete(int id) implements Move {}
  }

  /// Makes the move on both sides.
  ///
  /// @throws AssertionError when they differ in an answer or in what is seen afterwards
  void make(Move move) {
    moves++;
    switch (move) {
      case Move.Add add -> add(add);
      case Move.AddAfter(var other, var otherwise) -> addAfter(move, other, otherwise);
      case Move.AddUnique(var key, var untilStarted) -> {
        var unique = Unique.by("u" + key);
        var job = NewJob.of("q", "t", Payload.of("u" + moves));
        addTicket(move, ticket(job.unique(untilStarted ? unique.untilStarted() : unique)));
      }
      case Move.Pause(var resume) ->
          same(
              move,
              side -> {
                if (resume) {
                  side.q().resume();
                } else {
                  side.q().pause();
                }
                return side.q().closedUntil();
              });
      case Move.Claim(var worker, var want) ->
          same(move, side -> side.worker(worker).step(List.of(), want, side));
      case Move.Settle settle -> settle(settle);
      case Move.GiveBack(var worker, var claimed, var started) ->
          same(
              move,
              side ->
                  side.claimed(claimed)
                      .map(job ->
                          side.worker(worker)
                              .step(
                                  List.of(
                                      new Session.Settlement(
                                          job, new Session.Ending.Returned(started), List.of())),
                                  0,
                                  side)));
      case Move.Repeat(var worker) -> same(move, side -> side.worker(worker).again());
      case Move.Resign(var worker) ->
          same(
              move,
              side -> {
                side.worker(worker).resign();
                return "";
              });
      case Move.Cancel(var id) -> onId(move, id, (side, job) -> side.q().cancel(job));
      case Move.Requeue(var id) -> onId(move, id, (side, job) -> side.q().requeue(job));
      case Move.Delete(var id) -> onId(move, id, (side, job) -> side.q().delete(job));
    }
    same(move, Side::seen);
  }

  /// What is derived fits on both sides, at the end of whatever history.
  void verify() {
    for (var side : sides) {
      assertEquals(List.of(), side.queues.queue("q").verify().differences());
    }
  }

  void close() {
    sides.forEach(Side::close);
  }

  private void add(Move.Add add) {
    var job = NewJob.of("q", "t", Payload.of("p" + moves));
    job = add.name() > 0 ? job.id(new JobId("n" + add.name())) : job;
    job = add.group() > 0 ? job.group("g" + add.group()) : job;
    job = add.urgent() ? job.priority(Priority.URGENT) : job;
    job = add.key() > 0 ? job.replacing("k" + add.key()) : job;
    job = add.later() ? job.delay(FAR.plusMinutes(moves)) : job;
    addTicket(add, ticket(job));
  }

  private void addTicket(Move move, Store.Ticket ticket) {
    ids.add(ticket.id());
    same(move, side -> side.store().add(List.of(ticket), null));
  }

  private void addAfter(Move move, int other, int otherwise) {
    if (!ids.isEmpty()) {
      var parent = new JobRef("q", ids.get(other % ids.size()));
      var ways = Otherwise.values();
      var job = NewJob.of("q", "t", Payload.of("a" + moves));
      addTicket(move, ticket(job.after(List.of(parent), ways[otherwise % ways.length])));
    }
  }

  private void settle(Move.Settle move) {
    var outcomes =
        List.of(
            Outcome.done(Payload.of("r" + moves)),
            Outcome.failed("f" + moves),
            Outcome.canceled(),
            Outcome.retry(Duration.ZERO, "again" + moves),
            Outcome.retry(FAR.plusMinutes(moves), "later" + moves),
            Outcome.snooze(Duration.ZERO),
            Outcome.snooze(FAR.plusMinutes(moves)),
            Outcome.postpone(FAR, "postponed" + moves),
            Outcome.done().pausingGroup(FAR));
    var outcome = outcomes.get(move.outcome() % outcomes.size());
    var followUps =
        move.followUp()
            ? List.of(ticket(NewJob.of("q", "t", Payload.of("next" + moves))))
            : List.<Store.Ticket>of();
    followUps.forEach(ticket -> ids.add(ticket.id()));
    same(
        move,
        side ->
            side.claimed(move.claimed())
                .map(job ->
                    side.worker(move.worker())
                        .step(
                            List.of(
                                new Session.Settlement(
                                    job, new Session.Ending.By(outcome), followUps)),
                            0,
                            side)));
  }

  private Store.Ticket ticket(NewJob job) {
    return new Store.Ticket(job.id().orElse(new JobId("m%03d".formatted(moves))), job);
  }

  private interface OnSide {
    Object on(Side side);
  }

  private interface OnJob {
    Object on(Side side, JobId id);
  }

  private void onId(Move move, int id, OnJob what) {
    if (!ids.isEmpty()) {
      same(move, side -> what.on(side, ids.get(id % ids.size())));
    }
  }

  private void same(Move move, OnSide what) {
    var tested = what.on(sides.getFirst());
    var model = what.on(sides.getLast());
    if (!tested.equals(model)) {
      throw new AssertionError(
          "move " + moves + " " + move + "\n  gave " + tested + "\n  not  " + model);
    }
  }

  /// One of the two stores, with its two workers.
  private static final class Side {
    private final Queues queues;
    private final List<Hands> workers = new ArrayList<>();
    private final List<Job> claimed = new ArrayList<>();

    Side(Queues queues) {
      this.queues = queues;
      workers.add(new Hands(queues, "w1"));
      workers.add(new Hands(queues, "w2"));
    }

    Store store() {
      return queues.store();
    }

    JobQueue q() {
      return queues.queue("q");
    }

    Hands worker(int number) {
      return workers.get(number % workers.size());
    }

    Optional<Job> claimed(int number) {
      return claimed.isEmpty()
          ? Optional.empty()
          : Optional.of(claimed.get(Math.max(0, claimed.size() - 1 - number)));
    }

    /// All that a reader sees, without instants, which differ.
    Object seen() {
      var all = new ArrayList<Object>();
      all.add(q().counts());
      for (var group : List.of("g1", "g2", "g3")) {
        all.add(q().counts(group));
      }
      for (var registry : Registry.values()) {
        var listed = q().list(registry, 0, 1_000).stream().map(Side::timeless);
        all.add(listed.sorted().toList());
      }
      return all;
    }

    private static String timeless(JobInfo info) {
      var job = info.job();
      var state =
          switch (info.state()) {
            case JobState.Running(var worker, var attempt, var _) -> worker + " " + attempt;
            case JobState.Finished(var _, var result) -> "finished " + result.text();
            case JobState.Failed(var _, var reason) -> "failed " + reason;
            case JobState.Scheduled _ -> "scheduled";
            case JobState.Deferred(var unmet) ->
                "deferred " + new TreeSet<>(unmet.stream().map(JobRef::toString).toList());
            case JobState.Waiting _ -> "waiting";
            case JobState.Canceled _ -> "canceled";
          };
      return String.join(
          " ",
          job.id().value(),
          state,
          job.tries().toString(),
          job.payload().text(),
          job.group().orElse("-"),
          info.lastFailure());
    }

    void close() {
      workers.forEach(worker -> worker.session.close());
      queues.close();
    }
  }

  /// A worker on one side.
  private static final class Hands {
    private final String name;
    private final Session session;
    private int epoch;
    private Session.Step last;

    Hands(Queues queues, String name) {
      this.name = name;
      this.session =
          SpreadSession.open(
              queues,
              new Store.Claims(name, List.of("q"), Integer.MAX_VALUE, Duration.ofMinutes(10)));
      this.last = begin();
    }

    private Session.Step begin() {
      var id = name + "." + ++epoch;
      session.register(id);
      var step = new Session.Step(id, 1, List.of(), 0);
      session.next(step);
      return step;
    }

    Object step(List<Session.Settlement> settlements, int want, Side side) {
      last = new Session.Step(last.epoch(), last.number() + 1, settlements, want);
      var answer = Hand.applied(session.next(last));
      side.claimed.addAll(answer.jobs());
      return timeless(answer);
    }

    Object again() {
      return timeless(Hand.applied(session.next(last)));
    }

    void resign() {
      session.resign(last.epoch());
      last = begin();
    }

    private static Object timeless(Session.Reply.Applied answer) {
      return List.of(
          answer.jobs().stream().map(job -> job.id() + " " + job.tries()).toList(),
          answer.stale(),
          answer.hints().canceled().stream().map(Object::toString).sorted().toList());
    }
  }
}
