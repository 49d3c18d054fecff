package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.Protocol;

/// A session on a server. Its three connections are for steps, for the lease, and for waiting, so
/// that none of these holds up another.
final class ValkeySession implements Session {
  private static final int ANSWER_MILLIS = 5_000;
  private static final int MOST_REAPED = 1_000;

  private final Settings settings;
  private final Place place;
  private final Store.Claims claims;
  private final Link steps;
  private final Link leases;
  private final Link waiting;
  private final String prefix;
  private boolean registered;

  ValkeySession(Whereabouts whereabouts, Settings settings, Place place, Store.Claims claims) {
    this.settings = settings;
    this.place = place;
    this.claims = claims;
    this.prefix = "{" + place.name() + "}";
    this.steps = new Link(whereabouts, place.name(), "steps");
    this.leases = new Link(whereabouts, place.name(), "lease");
    this.waiting = new Link(whereabouts, place.name(), "wait");
  }

  @Override
  public void register(String epoch) {
    var args = new Args().add(epoch).add(claims.lease().toMillis());
    args.add(String.join(" ", claims.queues()));
    long until = registered ? Link.FOREVER : System.nanoTime() + settings.patience().toNanos();
    steps.call(steps.request(Script.REGISTER, args), until);
    registered = true;
  }

  @Override
  public Reply next(Step step) {
    var call = new StepCall(settings, place, claims, step);
    var reply = (List<?>) steps.call(steps.request(Script.NEXT, call.args()), Link.FOREVER);
    if (reply.size() == 1) {
      return new Reply.Fenced();
    }
    long now = (Long) reply.get(1);
    long due = (Long) reply.get(3);
    var hints =
        new Hints(
            canceled((List<?>) reply.get(6)),
            (Long) reply.get(2) == 1,
            due < 0 ? null : Duration.ofMillis(Math.max(0, due - now)),
            news((Long) reply.get(4)),
            Instant.ofEpochMilli(now));
    return new Reply.Applied(
        jobs((List<?>) reply.get(7)), call.positions((List<?>) reply.get(5)), hints);
  }

  private static Set<News> news(long bits) {
    var news = EnumSet.noneOf(News.class);
    var all = List.of(News.RENEWED, News.EXPIRED, News.PARCELS, News.PAUSED);
    for (int i = 0; i < all.size(); i++) {
      if ((bits >> i & 1) == 1) {
        news.add(all.get(i));
      }
    }
    return news;
  }

  /// Reads the claimed jobs of an answer.
  static List<Job> jobs(List<?> flat) {
    var jobs = new ArrayList<Job>(flat.size() / 3);
    int at = 0;
    while (at < flat.size()) {
      var queue = text(flat.get(at));
      int to = at + 2 + 3 * ((Long) flat.get(at + 1)).intValue();
      for (at += 2; at < to; at += 3) {
        var id = new JobId(text(flat.get(at)));
        var envelope = new Envelope((byte[]) flat.get(at + 1), 0);
        jobs.add(envelope.job(id, queue, Remembered.read((byte[]) flat.get(at + 2)).next()));
      }
    }
    return jobs;
  }

  private static List<Canceled> canceled(List<?> names) {
    var list = new ArrayList<Canceled>(names.size());
    for (var name : names) {
      var parts = text(name).split("/", 3);
      list.add(new Canceled(parts[0], new JobId(parts[1]), Long.parseLong(parts[2])));
    }
    return list;
  }

  @Override
  public Pulse renew(String epoch) {
    var args = new Args().add(epoch).add(claims.lease().toMillis());
    var reply = (List<?>) leases.call(leases.request(Script.RENEW, args), Link.FOREVER);
    var now = Instant.ofEpochMilli((Long) reply.get(1));
    return new Pulse(
        (Long) reply.get(0) == 1, canceled((List<?>) reply.get(3)), (Long) reply.get(2) > 0, now);
  }

  @Override
  public void refused(int outcomes) {
    steps.call(steps.request(Script.REFUSED, new Args().add(outcomes)), Link.FOREVER);
  }

  @Override
  public void await(String epoch, boolean claimable, Duration atMost) {
    if (!atMost.isPositive()) {
      return;
    }
    var words = new ArrayList<byte[]>();
    words.add((prefix + "/call/" + epoch).getBytes(UTF_8));
    if (claimable) {
      claims.queues().forEach(queue -> words.add((prefix + "/bell/" + queue).getBytes(UTF_8)));
    }
    double seconds = Math.max(1, atMost.toMillis()) / 1_000.0;
    words.add(Double.toString(seconds).getBytes(ISO_8859_1));
    int answerMillis = (int) atMost.toMillis() + ANSWER_MILLIS;
    waitFor(Link.request(Protocol.Command.BLPOP, answerMillis, words.toArray(byte[][]::new)));
  }

  /// An answer that was lost may have been a wake-up, so then it is taken for one.
  private void waitFor(Link.Request request) {
    try {
      waiting.call(request, System.nanoTime());
    } catch (QueueException.Unavailable e) {
      if (waiting.closed()) {
        throw e;
      }
      if (!request.sent()) {
        waiting.call(request, Link.FOREVER);
      }
    }
  }

  @Override
  public void wake(String epoch) {
    steps.call(steps.request(Script.WAKE, new Args().add(epoch)), Link.FOREVER);
  }

  /// After a break of the connection it holds back for a lease: the others may have had it too.
  @Override
  public int reap() {
    if (leases.steadyFor().compareTo(claims.lease()) < 0) {
      return 0;
    }
    var args = new Args().add(claims.lease().toMillis());
    args.add(settings.keepFinished().toMillis()).add(MOST_REAPED);
    var reply = (List<?>) leases.call(leases.request(Script.REAP, args), Link.FOREVER);
    return ((Long) reply.getFirst()).intValue();
  }

  @Override
  public void resign(String epoch) {
    var args = new Args().add(epoch).add(settings.keepFinished().toMillis());
    steps.call(steps.request(Script.RESIGN, args), Link.FOREVER);
  }

  @Override
  public void close() {
    steps.close();
    leases.close();
    waiting.close();
  }

  private static String text(@Nullable Object bytes) {
    return bytes == null ? "" : new String((byte[]) bytes, ISO_8859_1);
  }
}
