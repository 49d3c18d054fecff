package tg.queue;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can go wrong between an application and its queues.
public abstract sealed class QueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private QueueException(String message, Throwable cause) {
    super(message, cause);
  }

  private QueueException(String message) {
    super(message);
  }

  /// The server could not be reached, or refused to work, for as long as the caller was willing to
  /// wait.
  public static final class Unavailable extends QueueException {
    private static final long serialVersionUID = 1L;
    private final Duration waited;
    private final boolean unknown;

    /// Says how long it was tried, and whether the call may have been applied.
    public Unavailable(String message, Duration waited, boolean unknown, Throwable cause) {
      super(message, cause);
      this.waited = waited;
      this.unknown = unknown;
    }

    /// {@return how long it was tried}
    public Duration waited() {
      return waited;
    }

    /// {@return whether the server may have applied the call; repeat it under the same once-key or
    /// job id to be safe}
    public boolean outcomeUnknown() {
      return unknown;
    }
  }

  /// Of very many jobs only the first were added, because a slice of them could not be; see {@link
  /// Queues#enqueueMany}. The cause says why, and whether that slice may have been added.
  public static final class Partly extends QueueException {
    private static final long serialVersionUID = 1L;
    private final long added;
    private final int slice;

    /// Says how many were added before which slice failed.
    public Partly(long added, int slice, QueueException cause) {
      super(
          added + " jobs were added; the next " + slice + " failed: " + cause.getMessage(), cause);
      this.added = added;
      this.slice = slice;
    }

    /// {@return how many were added before the slice that failed}
    public long added() {
      return added;
    }

    /// {@return how many jobs that slice has; none after it were tried}
    public int slice() {
      return slice;
    }
  }

  /// The namespace has been used by a newer version of this library, which lays out its keys in a
  /// way that this version does not know. Nothing was changed.
  public static final class NewerLayout extends QueueException {
    private static final long serialVersionUID = 1L;
    private final int found;
    private final int known;

    /// Says which layout was found.
    public NewerLayout(String namespace, int found, int known) {
      super(
          "the namespace "
              + namespace
              + " has layout "
              + found
              + " of a newer tg.queue; this one knows layouts up to "
              + known
              + ": use the newer version again (docs/UPGRADING.md), or another namespace");
      this.found = found;
      this.known = known;
    }

    /// {@return the layout of the namespace}
    public int found() {
      return found;
    }

    /// {@return the newest layout that this version knows}
    public int known() {
      return known;
    }
  }

  /// The server does not let us do it, or one side does not trust the other's certificate: somebody
  /// must change a password, a permission or a certificate. Nothing was done. Workers that run wait
  /// until somebody has.
  public static final class Denied extends QueueException {
    private static final long serialVersionUID = 1L;

    /// Says who does not let us do what.
    public Denied(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The jobs were added, but it could not be made sure in time that they are as durable as was
  /// asked for.
  public static final class NotDurable extends QueueException {
    private static final long serialVersionUID = 1L;
    private final transient Admission admission;
    private final transient Durability required;
    private final int reached;

    /// Says what was added, and what is known about it.
    public NotDurable(String message, Admission admission, Durability required, int reached) {
      super(message);
      this.admission = admission;
      this.required = required;
      this.reached = reached;
    }

    /// {@return what the enqueue would have returned}
    public Admission admission() {
      return admission;
    }

    /// {@return what was asked for}
    public Durability required() {
      return required;
    }

    /// {@return how many replicas are known to have the jobs; zero for another level}
    public int reached() {
      return reached;
    }
  }

  /// A payload or a result is larger than the limit.
  public static final class TooLarge extends QueueException {
    private static final long serialVersionUID = 1L;
    private final long bytes;
    private final long limit;

    /// Says what was too large and by how much.
    public TooLarge(String what, long bytes, long limit) {
      super(
          what
              + " has "
              + bytes
              + " bytes; the limit is "
              + limit
              + ": store it elsewhere and enqueue a reference, or raise Queues.Builder.maxPayload");
      this.bytes = bytes;
      this.limit = limit;
    }

    /// {@return its size in bytes}
    public long bytes() {
      return bytes;
    }

    /// {@return the limit in bytes}
    public long limit() {
      return limit;
    }
  }

  /// A payload, result, step or meta cannot be opened here: its key is missing or another one, or
  /// its bytes were changed. The job is not lost: it stays where it is, and a worker without the
  /// key puts it back without counting a failure.
  public static final class Sealed extends QueueException {
    private static final long serialVersionUID = 1L;
    private final String keyId;

    /// Says where it is and what is missing.
    public Sealed(String message, String keyId) {
      super(message);
      this.keyId = keyId;
    }

    /// {@return the id of the key that is needed; empty when it is not for want of a key}
    public String keyId() {
      return keyId;
    }
  }

  /// The namespace is spread over another number of partitions than this process was told.
  public static final class WrongPartitions extends QueueException {
    private static final long serialVersionUID = 1L;
    private final int remembered;
    private final int asked;

    /// Says which numbers.
    public WrongPartitions(String namespace, int remembered, int asked) {
      super(
          "namespace "
              + namespace
              + " has "
              + remembered
              + " partitions and this process is set to "
              + asked
              + ": set it to "
              + remembered
              + "; to change the number, stop the producers, let the workers empty the queues, stop"
              + " them, delete the key {"
              + namespace
              + "}/partitions and start all with the new number");
      this.remembered = remembered;
      this.asked = asked;
    }

    /// {@return the number that the server remembers}
    public int remembered() {
      return remembered;
    }

    /// {@return the number that this process was told}
    public int asked() {
      return asked;
    }
  }

  /// What was asked for concerns several partitions, and cannot be done in one step; nothing was
  /// added.
  public static final class Apart extends QueueException {
    private static final long serialVersionUID = 1L;

    /// Says what is apart.
    public Apart(String what) {
      super(
          what
              + ", and the namespace is spread over partitions: what belongs together must be in"
              + " one, by the same {tag} in the names of its groups, or in the ids of jobs without"
              + " one");
    }
  }

  /// A job's {@link Unique} key is held by another job, and it is {@link Unique#rejecting}; nothing
  /// was added.
  public static final class NotUnique extends QueueException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final transient @Nullable JobId holder;

    /// Says whose key is held by which job; null for one of the same call.
    @SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
    public NotUnique(String queue, String key, @Nullable JobId holder) {
      super(
          "the key '"
              + key
              + "' of queue "
              + queue
              + " is held by "
              + (holder == null ? "a job that is being added" : "job " + holder)
              + "; nothing was added: wait for its end, or enqueue without rejecting()");
      this.key = key;
      this.holder = holder;
    }

    /// {@return the key}
    public String key() {
      return key;
    }

    /// {@return the job that holds it; empty when that is added at the same time}
    public Optional<JobId> holder() {
      return Optional.ofNullable(holder);
    }
  }

  /// So many jobs of a group wait already that the enqueue would make them more than its limit:
  /// nothing was added.
  public static final class QuotaReached extends QueueException {
    private static final long serialVersionUID = 1L;
    private final String group;
    private final int limit;

    /// Says whose limit it is.
    public QuotaReached(String group, int limit) {
      super(
          "group "
              + group
              + " may have "
              + limit
              + " waiting jobs: try again later, or raise GroupLimits.waiting");
      this.group = group;
      this.limit = limit;
    }

    /// {@return the group}
    public String group() {
      return group;
    }

    /// {@return how many of its jobs may wait}
    public int limit() {
      return limit;
    }
  }

  /// What a handler wanted to keep was refused, because its attempt does not own the job any more:
  /// the worker lost its lease, or the job was canceled meanwhile.
  public static final class Stale extends QueueException {
    private static final long serialVersionUID = 1L;

    /// Says what was refused.
    public Stale(String message) {
      super(message);
    }
  }

  /// The server answered something that this version of the library does not expect.
  public static final class Protocol extends QueueException {
    private static final long serialVersionUID = 1L;

    /// Says what was expected and what came.
    public Protocol(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
