package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The seam between the API and the place where the jobs are: a Valkey server, or this process's
/// memory. Thread-safe.
///
/// Every method is one atomic step: it happens as a whole or not at all, and nobody sees half of
/// it. Instants are of the store's own clock. A method that throws {@link
/// QueueException.Unavailable} says whether it may have happened. Arguments are checked by the
/// caller.
///
/// The rules of order. A queue has a lane per priority and group; a lane is first in, first out. A
/// claim goes through the worker's queues in their order, in each through the priorities from
/// urgent to low, and there takes one job from each group in turn (the jobs without a group are one
/// group, never limited and never closed). The turns go on where the claim before left off; a group
/// that gets its first waiting job queues up last.
interface Store extends AutoCloseable {
  /// Adds the jobs, all or none, in this order.
  ///
  /// A ticket with a name of its own ({@link NewJob#id()}) whose queue knows that id, in any
  /// registry, adds nothing and is answered by that id. A ticket with a replace key under which a
  /// job of the same queue waits or is scheduled gives that job its type and payload and is
  /// answered by that job's id; else the key is taken, until the job is claimed, canceled or
  /// replaced again. An instant or a delay that is not in the future means: wait now.
  ///
  /// @param once if not null, nothing is added when its key was used within its window
  /// @param durability what to wait for; a store in memory has it all at once
  /// @return accepted with an id for each ticket, or repeated
  /// @throws QueueException.NotDurable when they were added, and the durability is not certain
  Admission add(List<Ticket> tickets, @Nullable Once once, Durability durability);

  /// Adds with {@link Durability#MEMORY}.
  default Admission add(List<Ticket> tickets, @Nullable Once once) {
    return add(tickets, once, Durability.MEMORY);
  }

  /// {@return the parts of which each has jobs of its own; a worker needs a session with each}
  List<Partition> partitions();

  /// Sees to it that the jobs which that partition keeps for others get there. Returns at once.
  void forward(int partition);

  /// {@return how many jobs of the queue are in each registry}
  Counts counts(String queue);

  /// {@return how many jobs of the group wait and run; the other numbers are zero}
  Counts counts(String queue, String group);

  /// {@return the queue in other numbers}
  Figures figures(String queue);

  /// Compares what is derived with what it is derived from; changes nothing. Not one step: what is
  /// reported was so every time it was looked at.
  Verification verify(String queue);

  /// {@return the job in whatever registry it is; empty when unknown or its keep time is over}
  Optional<JobInfo> find(String queue, JobId id);

  /// {@return a page of the registry: waiting jobs in the order in which they would be claimed with
  /// no limit and no closed group (those of closed or full groups last), scheduled ones by due
  /// time, others in any stable order}
  List<JobInfo> list(String queue, Registry registry, int offset, int limit);

  /// Waits until a job has ended, or is not known.
  ///
  /// @return whether that is so, or may be: look at the job; false when the time is over before
  boolean await(JobRef job, Duration atMost) throws InterruptedException;

  /// Cancels. A waiting or scheduled job moves to the canceled registry at once. For a running one
  /// the request is kept with its attempt, and every answer to its session carries it until the
  /// attempt is settled.
  Cancellation cancel(String queue, JobId id);

  /// Moves an ended job to the tail of its lane. Its failures, crashes and last failure are
  /// forgotten; its attempts go on counting.
  ///
  /// @return whether it was there
  boolean requeue(String queue, JobId id);

  /// Forgets an ended job.
  ///
  /// @return whether it was there
  boolean delete(String queue, JobId id);

  /// Takes the lease for the holder if nobody has it. The same holder asking again gets the same
  /// token, and the full time anew.
  ///
  /// @return the token, greater than every token before it under this name for at least 30 days;
  ///   empty while another holds it
  OptionalLong acquire(String lease, String holder, Duration time);

  /// Sets the lease to its full time again.
  ///
  /// @return whether the token is still the holder's
  boolean extend(String lease, long token, Duration time);

  /// Ends the lease, if the token is still the holder's.
  void release(String lease, long token);

  /// {@return its parts, always the same}
  Parts parts();

  /// {@return how long a trivial question took}
  Duration ping();

  /// {@return one line: product, version, address; no password}
  String server();

  /// Closes; calls under way and later ones throw {@link QueueException.Unavailable}. Idempotent.
  @Override
  void close();

  /// What a store knows besides jobs and leases.
  ///
  /// @param schedules when which jobs are to be added
  /// @param events what changes
  /// @param crew the workers
  /// @param rules what queues and groups may do
  /// @param notes what jobs keep beside themselves
  /// @param sweeps what is done to many jobs
  record Parts(
      ScheduleStore schedules,
      EventStore events,
      CrewStore crew,
      RuleStore rules,
      NoteStore notes,
      SweepStore sweeps) {}

  /// A job to add, and the id it gets.
  ///
  /// @param id the name given by the caller, or a generated one
  /// @param job what to add
  record Ticket(JobId id, NewJob job) {
    /// {@return whether the caller gave the name, so that it must not be known yet}
    boolean named() {
      return job.id().isPresent();
    }
  }

  /// A key that admits something once.
  ///
  /// @param key the key, in a space of its own
  /// @param window how long it is remembered
  record Once(String key, Duration window) {}

  /// What a worker asks for, the same all its life.
  ///
  /// @param worker its id
  /// @param queues in the order in which they are served
  /// @param groupLimit how many jobs of one group may run at once in a queue, over all workers
  /// @param lease how long the store believes in the worker without hearing of it
  record Claims(String worker, List<String> queues, int groupLimit, Duration lease) {}
}
