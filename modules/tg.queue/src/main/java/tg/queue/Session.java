package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A worker's side of a {@link Store}. Three threads may use it at the same time: one for {@link
/// #await}, one for {@link #renew} and {@link #reap}, one for the rest; {@link #close} may come
/// from any.
///
/// A worker lives in **epochs**: an epoch is a lease on the store, and the jobs claimed under it.
/// It ends when the worker resigns, or when it was not renewed in time and somebody reaped it; what
/// is settled after that is refused. The worker then registers a new epoch.
///
/// The calls wait while the server is away and are repeated until they are answered; {@link #close}
/// from another thread makes them throw {@link QueueException.Unavailable}.
interface Session extends AutoCloseable {
  /// Begins an epoch, with a lease of full time. Idempotent. The first time it waits no longer than
  /// the patience.
  ///
  /// @param epoch a name never used before, starting with the worker's id and a dot
  void register(String epoch);

  /// Settles jobs and claims others, in one atomic step and in this order: settle and add the
  /// follow-ups; make waiting what is due; claim.
  ///
  /// A settlement is **stale**, changes nothing and adds no follow-ups, unless the epoch holds that
  /// job in that attempt. When the epoch has ended, nothing at all is done: {@link Reply.Fenced}.
  /// Likewise when the number leaves a gap: then the store has forgotten a step that it had
  /// answered, as a replica may that takes a server's place, and the epoch ends.
  ///
  /// What an ending does: {@link Outcome.Done}, {@link Outcome.Failed} (one more failure) and
  /// {@link Outcome.Canceled} move the job to its registry for its keep time, zero meaning that it
  /// is forgotten at once. {@link Outcome.Retry} (one more failure) and {@link Outcome.Snooze} move
  /// it to scheduled, or with no delay to the tail of its lane. {@link Outcome.Postpone} puts it at
  /// the head of its lane and closes its group, in all priorities, for at least the delay; without
  /// a group it is a snooze. A job whose cancellation was asked for and that would go back is
  /// canceled instead. {@link Outcome.Done#groupPause} closes the group likewise. A closed group
  /// keeps the later of two ends.
  ///
  /// A step that repeats the epoch's latest number changes nothing and gives the answer of the
  /// first time: the same stale ones, and those of the same jobs which the epoch still holds.
  Reply next(Step step);

  /// Extends the epoch's lease to its full time.
  Pulse renew(String epoch);

  /// Counts outcomes that the worker refused by itself, as they were of an epoch that had ended.
  void refused(int outcomes);

  /// Waits until something may be claimable in the worker's queues (if that is asked for), a job of
  /// the epoch should be canceled, or {@link #wake} is called; at most for the given time. May
  /// return early. One arrival wakes one waiting worker; a claim that leaves something claimable
  /// wakes the next.
  ///
  /// @param claimable whether to wait for jobs too; a worker with no free slot does not, so that it
  ///   takes no wake-up from one that has
  void await(String epoch, boolean claimable, Duration atMost);

  /// Makes the epoch's waiting or next {@link #await} return.
  void wake(String epoch);

  /// Takes back jobs of epochs, of any worker, that were not renewed in time: each goes to the head
  /// of its lane, in the order they were claimed, with one more crash. Bounded; call it again while
  /// it returns something. A crash of the caller between two calls leaves nothing undone for ever:
  /// the next caller goes on.
  ///
  /// @return how many jobs were taken back
  int reap();

  /// Ends the epoch. What it still holds goes back as {@link Ending.Returned} after a start. No
  /// effect when the epoch has ended.
  void resign(String epoch);

  /// Closes the connection; the epoch, if there is one, runs out by itself. Idempotent.
  @Override
  void close();

  /// One call of {@link #next}.
  ///
  /// @param epoch the epoch
  /// @param number 1, 2, 3 … within the epoch
  /// @param settlements what ended, each job at most once
  /// @param want how many jobs to claim at most, zero or more
  /// @param order in which the queues are served this time; empty for that of the claims
  record Step(
      String epoch, long number, List<Settlement> settlements, int want, List<String> order) {
    Step(String epoch, long number, List<Settlement> settlements, int want) {
      this(epoch, number, settlements, want, List.of());
    }

    List<String> order(Store.Claims claims) {
      return order.isEmpty() ? claims.queues() : order;
    }
  }

  /// One job's end of attempt.
  ///
  /// @param job as it was claimed: its queue, id, group and attempt are looked at
  /// @param ending how it ended
  /// @param followUps what is added in the same step, as by {@link Store#add}
  record Settlement(Job job, Ending ending, List<Store.Ticket> followUps) {}

  /// How an attempt ended.
  sealed interface Ending {
    /// The handler, or the worker for it, said so.
    ///
    /// @param outcome its follow-ups are not looked at: they are in the settlement, with ids
    record By(Outcome outcome) implements Ending {}

    /// The worker gives the job back to the head of its lane; no failure and no crash is counted.
    ///
    /// @param started whether the handler was called; if not, the attempt's number is used again
    record Returned(boolean started) implements Ending {}
  }

  /// The answer to a step.
  sealed interface Reply {
    /// The epoch has ended; nothing was done.
    record Fenced() implements Reply {}

    /// The step was applied.
    ///
    /// @param jobs claimed, in the order in which they should start
    /// @param stale positions, in the step's list, of the settlements that were refused
    /// @param hints what to do next
    record Applied(List<Job> jobs, Set<Integer> stale, Hints hints) implements Reply {}
  }

  /// What a worker should know besides its jobs.
  ///
  /// @param canceled running attempts of the epoch that should be canceled
  /// @param more whether more could be claimed now
  /// @param due how long until the next scheduled job or closed group of its queues is due, or its
  ///   pause ends; null when there is none
  /// @param news what else there is
  /// @param now the store's clock
  record Hints(
      List<Canceled> canceled, boolean more, @Nullable Duration due, Set<News> news, Instant now) {
    boolean are(News one) {
      return news.contains(one);
    }
  }

  /// What a worker hears in passing.
  enum News {
    /// The step extended the lease to its full time too; a store may, when a good part of it is
    /// over.
    RENEWED,
    /// The step saw an epoch that should be reaped; a store that renews in steps must say so,
    /// because the worker then has no reason to {@link #renew}.
    EXPIRED,
    /// The partition keeps jobs for others, see {@link Store#forward}.
    PARCELS,
    /// The worker is paused: it gets no jobs, and should wait for none.
    PAUSED
  }

  /// A request to cancel.
  ///
  /// @param queue the job's queue
  /// @param id its name
  /// @param attempt the attempt that ran when it was asked for
  record Canceled(String queue, JobId id, long attempt) {}

  /// The answer to a renewal.
  ///
  /// @param alive whether the epoch goes on; if not, its jobs are no longer its own
  /// @param canceled as in the hints
  /// @param expired whether some epoch, of any worker, has not been renewed in time
  /// @param now the store's clock
  record Pulse(boolean alive, List<Canceled> canceled, boolean expired, Instant now) {}
}
