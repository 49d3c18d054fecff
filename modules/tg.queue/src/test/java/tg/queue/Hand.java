package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A worker of queue `q` that a test drives step by step, straight on the store: it renews its
/// lease only when it is told to, so it can be late, or dead. Confined to one thread at a time.
final class Hand implements AutoCloseable {
  private final Queues queues;
  private final Session session;
  private final String epoch;
  private long steps;

  Hand(Queues queues, int groupLimit, Duration lease) {
    this.queues = queues;
    var worker = queues.newId();
    this.session =
        SpreadSession.open(queues, new Store.Claims(worker, List.of("q"), groupLimit, lease));
    this.epoch = worker + "." + 1;
    session.register(epoch);
  }

  Session session() {
    return session;
  }

  String epoch() {
    return epoch;
  }

  /// {@return the jobs it was given}
  List<Job> claim(int want) {
    return applied(step(List.of(), want)).jobs();
  }

  /// {@return the one job that it was given; there must be one}
  Job claimOne() {
    return claim(1).getFirst();
  }

  /// Settles one job as the outcome says, with its follow-ups.
  ///
  /// @return whether that was accepted; false for stale
  boolean settle(Job job, Outcome outcome) {
    return settle(List.of(ending(job, outcome))).isEmpty();
  }

  /// Gives back jobs.
  void giveBack(List<Job> jobs, boolean started) {
    settle(
        jobs.stream()
            .map(
                job -> new Session.Settlement(job, new Session.Ending.Returned(started), List.of()))
            .toList());
  }

  /// {@return the positions of those that were refused as stale}
  Set<Integer> settle(List<Session.Settlement> settlements) {
    return applied(step(settlements, 0)).stale();
  }

  Session.Settlement ending(Job job, Outcome outcome) {
    return new Session.Settlement(
        job, new Session.Ending.By(outcome), queues.tickets(outcome.followUps()));
  }

  Session.Reply step(List<Session.Settlement> settlements, int want) {
    return session.next(new Session.Step(epoch, ++steps, settlements, want));
  }

  /// Sends the latest step's number again, as after a lost answer.
  Session.Reply repeat(List<Session.Settlement> settlements, int want) {
    return session.next(new Session.Step(epoch, steps, settlements, want));
  }

  /// Renews its own lease, and takes back what dead workers hold.
  ///
  /// @return how many jobs it took back
  int reap() {
    session.renew(epoch);
    return session.reap();
  }

  static Session.Reply.Applied applied(Session.Reply reply) {
    return switch (reply) {
      case Session.Reply.Applied applied -> applied;
      case Session.Reply.Fenced _ -> throw new AssertionError("the epoch has ended");
    };
  }

  @Override
  public void close() {
    session.close();
  }
}
