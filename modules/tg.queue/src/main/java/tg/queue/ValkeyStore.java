package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.Protocol;

/// The store on a server: each method is one script there. One connection for all calls, one for
/// each durability that waits, and three for each session. Thread-safe.
final class ValkeyStore implements Partition {
  private static final int ANSWER_MILLIS = 5_000;
  // A release first learns to read a new layout; only the next one writes it. So any two releases
  // in a row share a namespace (docs/UPGRADING.md).
  private static final int KNOWN_LAYOUT = 1;
  private static final int WRITTEN_LAYOUT = 1;
  private static final int LANES_LOOKED_AT = 100;

  private final Whereabouts whereabouts;
  private final Settings settings;
  private final Place place;
  private final Courier courier;
  private final Map<Durability, Courier> patient = new ConcurrentHashMap<>();
  private final Parts parts;
  private final Ear ear;
  private final Ulid requests;
  private volatile String description;
  private volatile boolean closed;

  private ValkeyStore(Whereabouts whereabouts, Settings settings, Place place) {
    this.whereabouts = whereabouts;
    this.settings = settings;
    this.place = place;
    this.requests = new Ulid(InstantSource.system(), RandomGenerator.getDefault());
    this.description = whereabouts.toString();
    this.courier = courier(Durability.MEMORY, "calls");
    var link = new Link(whereabouts, place.name(), "ear");
    this.ear = new Ear(courier, link, place.name(), requests.next());
    var events =
        new ValkeyEvents(
            courier, () -> new Link(whereabouts, place.name(), "events"), place.name());
    this.parts =
        new Parts(
            new ValkeySchedules(courier, place),
            events,
            new ValkeyCrew(courier),
            new ValkeyRules(courier),
            new ValkeyNotes(courier),
            new ValkeySweeps(courier, requests, settings.keepFinished()));
  }

  private Courier courier(Durability durability, String role) {
    var link = new Link(whereabouts, place.name(), role);
    return new Courier(link, place, requests.next(), settings.patience(), durability);
  }

  /// Connects, and checks that the server is new enough.
  static ValkeyStore open(Whereabouts whereabouts, Settings settings, Place place) {
    var store = new ValkeyStore(whereabouts, settings, place);
    try {
      var version = store.version();
      if (!version.sufficient()) {
        throw new QueueException.Protocol(
            whereabouts
                + " is "
                + version
                + "; it must be Valkey 7.2 or newer, or Redis 7.0 or newer",
            new IllegalStateException(version.toString()));
      }
      store.description = version + " at " + whereabouts;
      store.agreeOnLayout();
      return store;
    } catch (QueueException e) {
      store.close();
      throw e;
    }
  }

  private void agreeOnLayout() {
    var args = new Args().add(KNOWN_LAYOUT).add(WRITTEN_LAYOUT);
    int layout = ((Long) courier.ask(Script.OPEN, args)).intValue();
    if (layout > KNOWN_LAYOUT) {
      throw new QueueException.NewerLayout(settings.namespace(), layout, KNOWN_LAYOUT);
    }
  }

  private ServerVersion version() {
    var info = Link.request(Protocol.Command.INFO, ANSWER_MILLIS, "server".getBytes(ISO_8859_1));
    return ServerVersion.read(new String((byte[]) courier.ask(info), UTF_8));
  }

  @Override
  public Admission add(List<Ticket> tickets, @Nullable Once once, Durability durability) {
    return switch (durability) {
      case Durability.Memory memory -> courier.add(tickets, once);
      case Durability.Local local -> patient(local, "local").add(tickets, once);
      case Durability.Replica replica ->
          patient(replica, "replica-" + replica.count()).add(tickets, once);
    };
  }

  /// What must wait has a connection of its own, and holds up nobody else.
  private Courier patient(Durability durability, String role) {
    var one = patient.computeIfAbsent(durability, level -> courier(level, role));
    if (closed) {
      one.close();
    }
    return one;
  }

  @Override
  public Session session(Claims claims) {
    return new ValkeySession(whereabouts, settings, place, claims);
  }

  @Override
  public List<Parcel> parcels() {
    var parcels = new ArrayList<Parcel>();
    for (var list : (List<?>) courier.ask(Script.PARCELS, new Args())) {
      var words = (List<?>) list;
      int to = Integer.parseInt(text(words.getFirst()));
      for (var entry : words.subList(1, words.size())) {
        var bytes = (byte[]) entry;
        int space = 0;
        while (bytes[space] != ' ') {
          space++;
        }
        long number = Long.parseLong(new String(bytes, 0, space, ISO_8859_1));
        parcels.add(new Parcel(to, number, Arrays.copyOfRange(bytes, space + 1, bytes.length)));
      }
    }
    return parcels;
  }

  @Override
  public void receive(int from, List<Parcel> parcels) {
    var args = new Args().add(from);
    parcels.forEach(parcel -> ParcelBytes.read(parcel, args));
    courier.ask(Script.RECEIVE, args);
  }

  @Override
  public void received(int to, long number) {
    courier.ask(Script.RECEIVED, new Args().add(to).add(number));
  }

  @Override
  public Counts counts(String queue) {
    return count(queue, "");
  }

  @Override
  public Counts counts(String queue, String group) {
    return count(queue, group);
  }

  private Counts count(String queue, String group) {
    var n = (List<?>) courier.ask(Script.COUNTS, new Args().add(queue).add(group));
    return new Counts(
        (Long) n.get(0),
        (Long) n.get(1),
        (Long) n.get(2),
        (Long) n.get(3),
        (Long) n.get(4),
        (Long) n.get(5),
        (Long) n.get(6));
  }

  @Override
  public Figures figures(String queue) {
    var n = (List<?>) courier.ask(Script.FIGURES, new Args().add(queue).add(LANES_LOOKED_AT));
    var totals =
        new Figures.Totals((Long) n.get(0), (Long) n.get(1), (Long) n.get(2), (Long) n.get(3));
    return new Figures(
        totals, Math.toIntExact((Long) n.get(4)), Duration.ofMillis(Math.max(0, (Long) n.get(5))));
  }

  @Override
  public Verification verify(String queue) {
    return new Audit(courier, queue).run();
  }

  @Override
  public Optional<JobInfo> find(String queue, JobId id) {
    var found = (List<?>) courier.ask(Script.FIND, new Args().add(queue).add(id.value()));
    return found.isEmpty() ? Optional.empty() : Optional.of(info(queue, id, found));
  }

  @Override
  public List<JobInfo> list(String queue, Registry registry, int offset, int limit) {
    var args = new Args().add(queue).add(word(registry)).add(offset).add(limit);
    var page = new ArrayList<JobInfo>();
    for (var entry : (List<?>) courier.ask(Script.LIST, args)) {
      var row = (List<?>) entry;
      page.add(info(queue, new JobId(text(row.getFirst())), row.subList(1, row.size())));
    }
    return page;
  }

  /// Reads what `find.lua` gives.
  static JobInfo info(String queue, JobId id, List<?> row) {
    var registry = Registry.valueOf(text(row.getFirst()).toUpperCase(Locale.ROOT));
    var bytes = (byte[]) row.get(1);
    return switch (registry) {
      case FINISHED, FAILED, CANCELED -> Remembered.ended(queue, id, registry, bytes);
      case WAITING -> {
        var past = Remembered.read((byte[]) row.get(2));
        yield info(queue, id, bytes, past, past.tries(), new JobState.Waiting());
      }
      case SCHEDULED -> {
        var past = Remembered.read((byte[]) row.get(2));
        var due = Instant.ofEpochMilli((long) Double.parseDouble(text(row.get(3))));
        yield info(queue, id, bytes, past, past.tries(), new JobState.Scheduled(due));
      }
      case DEFERRED -> {
        var past = Remembered.read((byte[]) row.get(2));
        var unmet =
            row.subList(3, row.size()).stream()
                .map(word -> JobRef.ofWord(text(word)))
                .collect(Collectors.toSet());
        yield info(queue, id, bytes, past, past.tries(), new JobState.Deferred(unmet));
      }
      case RUNNING -> {
        var past = Remembered.read((byte[]) row.get(2));
        var value = text(row.get(4)).split(":", 4);
        long attempt = Long.parseLong(value[0]);
        var since = Instant.ofEpochMilli(Long.parseLong(value[3]));
        var epoch = text(row.get(3));
        var worker = epoch.substring(0, epoch.lastIndexOf('.'));
        var tries = new Job.Tries(attempt, past.failures(), past.crashes());
        yield info(queue, id, bytes, past, tries, new JobState.Running(worker, attempt, since));
      }
    };
  }

  private static JobInfo info(
      String queue, JobId id, byte[] envelope, Remembered past, Job.Tries tries, JobState state) {
    return new JobInfo(new Envelope(envelope, 0).job(id, queue, tries), state, past.lastFailure());
  }

  @Override
  public boolean await(JobRef job, Duration atMost) throws InterruptedException {
    return ear.await(job, atMost);
  }

  @Override
  public Cancellation cancel(String queue, JobId id) {
    var args = named(queue, id).add(settings.keepFinished().toMillis());
    return Cancellation.valueOf(text(courier.ask(Script.CANCEL, args)));
  }

  @Override
  public boolean requeue(String queue, JobId id) {
    return (Long) courier.ask(Script.REQUEUE, named(queue, id)) == 1;
  }

  @Override
  public boolean delete(String queue, JobId id) {
    return (Long) courier.ask(Script.DELETE, named(queue, id)) == 1;
  }

  private Args named(String queue, JobId id) {
    return new Args().add(requests.next()).add(queue).add(id.value());
  }

  @Override
  public OptionalLong acquire(String lease, String holder, Duration time) {
    var args = new Args().add(lease).add(holder).add(time.toMillis());
    long token = (Long) courier.ask(Script.ACQUIRE, args);
    return token == 0 ? OptionalLong.empty() : OptionalLong.of(token);
  }

  @Override
  public boolean extend(String lease, long token, Duration time) {
    var args = new Args().add(lease).add(token).add(time.toMillis());
    return (Long) courier.ask(Script.EXTEND, args) == 1;
  }

  @Override
  public void release(String lease, long token) {
    courier.ask(Script.RELEASE, new Args().add(lease).add(token));
  }

  @Override
  public Parts parts() {
    return parts;
  }

  @Override
  public Duration ping() {
    long start = System.nanoTime();
    courier.ask(Link.request(Protocol.Command.PING, ANSWER_MILLIS));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public String server() {
    return description;
  }

  @Override
  public void close() {
    closed = true;
    ear.close();
    courier.close();
    patient.values().forEach(Courier::close);
  }

  private static String word(Registry registry) {
    return registry.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }
}
