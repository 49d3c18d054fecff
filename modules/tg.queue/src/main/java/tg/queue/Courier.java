package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Carries the calls of all threads over one connection, in order, one at a time. Jobs which
/// several threads add at the same time travel in one call: the busier, the fuller. All its calls
/// to add have one durability: so they share one wait for it, and hold up none of another.
/// Thread-safe.
///
/// A call to add carries this producer's name and a number, by which the server knows a repetition.
final class Courier implements AutoCloseable {
  private static final int MOST_JOBS = 512;

  /// With a wait behind each call there must be more in it.
  private static final int MOST_JOBS_AWAITED = 4_096;

  private static final long MOST_BYTES = 4 * 1024 * 1024;

  private final LinkedBlockingQueue<Errand> errands = new LinkedBlockingQueue<>();
  private final Link link;
  private final Place place;
  private final String producer;
  private final Duration patience;
  private final Durability durability;
  private final int mostJobs;
  private final Thread thread;
  private long number;
  private @Nullable Errand kept;
  private volatile boolean closed;

  private record Refused(int call, QueueException reason) {}

  Courier(Link link, Place place, String producer, Duration patience, Durability durability) {
    this.link = link;
    this.place = place;
    this.producer = producer;
    this.patience = patience;
    this.durability = durability;
    this.mostJobs = durability instanceof Durability.Memory ? MOST_JOBS : MOST_JOBS_AWAITED;
    this.thread = Thread.ofPlatform().daemon().name("tg.queue-courier").start(this::work);
  }

  Admission add(List<Store.Ticket> tickets, Store.@Nullable Once once) {
    return (Admission) submit(new Errand.Adding(patience, tickets, once, durability));
  }

  Object ask(Script script, Args args) {
    return ask(link.request(script, args));
  }

  Object ask(Link.Request request) {
    return submit(new Errand.Asking(patience, request));
  }

  @Override
  public void close() {
    closed = true;
    link.close();
    thread.interrupt();
    refuseAll();
  }

  private Object submit(Errand errand) {
    errands.add(errand);
    if (closed) {
      refuseAll();
    }
    return errand.await(link.toString());
  }

  private void refuseAll() {
    for (var errand = errands.poll(); errand != null; errand = errands.poll()) {
      var cause = new IllegalStateException("closed");
      errand.settle(Failures.unavailable(link.toString(), Duration.ZERO, false, cause));
    }
  }

  private void work() {
    try {
      while (!closed) {
        var first = kept == null ? errands.take() : kept;
        kept = null;
        switch (first) {
          case Errand.Asking asking -> carry(asking);
          case Errand.Adding adding -> carry(together(adding));
        }
      }
    } catch (InterruptedException e) {
      // Closed: nothing is under way.
      Thread.currentThread().interrupt();
    }
    refuseAll();
  }

  private void carry(Errand.Asking errand) {
    if (!errand.take()) {
      return;
    }
    try {
      errand.settle(link.call(errand.request(), errand.untilNanos()));
    } catch (QueueException e) {
      errand.settle(e);
    }
  }

  /// The errand and those behind it, as long as they are to add, and few.
  private List<Errand.Adding> together(Errand.Adding first) {
    var group = new ArrayList<Errand.Adding>();
    int jobs = 0;
    long bytes = 0;
    Errand errand = first;
    while (errand instanceof Errand.Adding adding) {
      if (adding.take()) {
        group.add(adding);
        jobs += adding.tickets().size();
        for (var ticket : adding.tickets()) {
          bytes += ticket.job().payload().size();
        }
      }
      errand = jobs < mostJobs && bytes < MOST_BYTES ? errands.poll() : null;
    }
    kept = errand;
    return group;
  }

  private void carry(List<Errand.Adding> group) {
    if (group.isEmpty()) {
      return;
    }
    var args = new Args().add(producer).add(++number).add(group.size());
    for (var adding : group) {
      var once = adding.once();
      args.add(once == null ? "" : once.key());
      args.add(once == null ? 0 : AddedRuns.millis(once.window()));
      var needed = Keys.needed(adding.tickets());
      args.add(needed.size());
      needed.forEach(key -> args.add(key.queue()).add("" + key.kind()).add(key.key()));
    }
    var runs = new AddedRuns(args, "", place);
    for (int i = 0; i < group.size(); i++) {
      for (var ticket : group.get(i).tickets()) {
        runs.add(i + 1, ticket);
      }
    }
    runs.end();
    var request = link.request(Script.ADD, args);
    long until = Long.MIN_VALUE;
    for (var adding : group) {
      until = until == Long.MIN_VALUE ? adding.untilNanos() : Math.max(until, adding.untilNanos());
    }
    try {
      if (durability instanceof Durability.Memory) {
        admitted(group, link.call(request, until));
        group.forEach(Errand.Adding::settle);
      } else {
        var testimony = link.call(request, until, durability, answer -> admitted(group, answer));
        group.forEach(adding -> adding.settle(testimony));
      }
    } catch (QueueException e) {
      group.forEach(adding -> adding.settle(e));
    }
  }

  /// Reads `<call>=<n>=<id>`: the call's n-th key is held by that job.
  private static Refused refused(List<Errand.Adding> group, String text) {
    var parts = text.split("=", 3);
    int call = Integer.parseInt(parts[0]) - 1;
    var keys = Keys.needed(group.get(call).tickets());
    return new Refused(call, keys.get(Integer.parseInt(parts[1]) - 1).held(parts[2]));
  }

  private static void admitted(List<Errand.Adding> group, @Nullable Object answer) {
    if (answer == null) {
      group.forEach(adding -> adding.admitted(null));
    } else {
      read(group, (byte[]) answer);
    }
  }

  /// Reads `R<call>`, `U…`, `Q<call>=<group>/<limit>` and `I<job>=<id>`: what was not added as new.
  private static void read(List<Errand.Adding> group, byte[] exceptions) {
    var repeated = new boolean[group.size()];
    var refused = new HashMap<Integer, QueueException>();
    var ids = new ArrayList<JobId>();
    for (var adding : group) {
      adding.tickets().forEach(ticket -> ids.add(ticket.id()));
    }
    if (exceptions.length > 0) {
      for (var word : new String(exceptions, ISO_8859_1).split(" ", -1)) {
        if (word.charAt(0) == 'R') {
          repeated[Integer.parseInt(word.substring(1)) - 1] = true;
        } else if (word.charAt(0) == 'U') {
          var one = refused(group, word.substring(1));
          refused.put(one.call, one.reason);
        } else if (word.charAt(0) == 'Q') {
          int equals = word.indexOf('=');
          int slash = word.indexOf('/');
          var name = word.substring(equals + 1, slash);
          int limit = Integer.parseInt(word.substring(slash + 1));
          int call = Integer.parseInt(word.substring(1, equals)) - 1;
          refused.put(call, new QueueException.QuotaReached(name, limit));
        } else {
          int equals = word.indexOf('=');
          int position = Integer.parseInt(word.substring(1, equals)) - 1;
          ids.set(position, new JobId(word.substring(equals + 1)));
        }
      }
    }
    int from = 0;
    for (int i = 0; i < repeated.length; i++) {
      var adding = group.get(i);
      int to = from + adding.tickets().size();
      var once = adding.once();
      var refusal = refused.get(i);
      if (refusal != null) {
        adding.refused(refusal);
      } else {
        adding.admitted(
            repeated[i] && once != null
                ? new Admission.Repeated(once.key())
                : new Admission.Accepted(List.copyOf(ids.subList(from, to))));
      }
      from = to;
    }
  }
}
