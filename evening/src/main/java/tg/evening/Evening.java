package tg.evening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tg.queue.Counts;
import tg.queue.JobId;
import tg.sim.Fault;
import tg.sim.SimMessage;

/// One evening: everybody begins, things go wrong, everything comes to its end, and the verdict.
/// Confined to one thread at a time.
final class Evening implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofMinutes(5);
  private static final int QUIET_LOOKS = 3;
  private static final int ALL_FAULTS = Fault.Kind.values().length;

  private final Setting setting;
  private final Play play;
  private final Consumer<String> out;
  private final Company company;
  private final List<Place> places;
  private final ConcurrentLinkedQueue<Evidence.Trouble> troubles = new ConcurrentLinkedQueue<>();
  private long start;
  private long printed;

  private Evening(Setting setting, Path folder, Consumer<String> out) {
    this.setting = setting;
    this.play = Play.of(setting);
    this.out = out;
    this.company = new Company(folder, setting);
    this.places = Place.all(company.sim);
  }

  /// Holds it, and prints what happens and the verdict.
  ///
  /// @param out takes lines
  /// @return whether all is as it must be
  static boolean hold(Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("tg-evening-");
    Report report;
    try (var evening = new Evening(setting, folder, out)) {
      out.accept(
          "evening: seed %d, %d tasks, %d %% faults, delivery %s, %s; logs in %s"
              .formatted(
                  setting.seed(),
                  setting.tasks(),
                  setting.faults(),
                  setting.edit() ? "edit" : "new",
                  evening.company.server(),
                  folder));
      var evidence = evening.run();
      report = Checker.check(setting, evidence);
      Files.write(folder.resolve("calls.tsv"), Wiretap.lines(evidence));
    }
    out.accept(report.text());
    if (report.passed()) {
      delete(folder);
    } else {
      out.accept("evening: the logs and every call are in " + folder);
    }
    out.accept("evening: seed " + setting.seed() + (report.passed() ? ", passed" : ", FAILED"));
    return report.passed();
  }

  private Evidence run() throws InterruptedException {
    company.startAll();
    awaitStart();
    planFaults();
    try (var guests = new Guests(company.sim, places);
        var lookout = new Lookout(company.queues, company.sim::now)) {
      start = System.nanoTime();
      guests.begin(play.asks());
      strike(guests, lookout);
      awaitEnd(guests, lookout);
      company.sim.clearFaults();
      return evidence(guests, lookout, company.stopAll());
    }
  }

  /// Nobody asks before the bot polls and a worker has told which commands there are.
  private void awaitStart() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!company.sim.polls(Company.BOT)
        || company.queues.queue("notes").counts().waiting() == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("bot and workers have not started; see their logs");
      }
      Thread.sleep(50);
    }
  }

  /// Each kind with the same chance, together as often as was asked.
  private void planFaults() {
    if (setting.faults() == 0) {
      return;
    }
    double each = 1 - Math.pow(1 - setting.faults() / 100.0, 1.0 / ALL_FAULTS);
    long seed = setting.seed() * ALL_FAULTS;
    for (var kind : Fault.Kind.values()) {
      seed++;
      company.sim.fault(Fault.of(kind).times(0).by(each, seed).lasting(delay(kind)));
    }
  }

  private static Duration delay(Fault.Kind kind) {
    return switch (kind) {
      case TOO_MANY -> Duration.ofSeconds(1);
      case HANG -> Duration.ofSeconds(2);
      case SLOW -> Duration.ofMillis(700);
      case BAD_REQUEST, SERVER_ERROR, HTML_502, CLOSE_BEFORE, CLOSE_AFTER, EMPTY, GARBAGE ->
          Duration.ZERO;
    };
  }

  private void strike(Guests guests, Lookout lookout) throws InterruptedException {
    for (var blow : play.blows()) {
      while (passed().compareTo(blow.at()) < 0) {
        TimeUnit.MILLISECONDS.sleep(100);
        tell(guests, lookout);
      }
      say(blow.toString());
      switch (blow) {
        case Blow.KillWorker(int which, _) -> killWorker(which);
        case Blow.RestartBot(boolean kill, _) -> restartBot(kill);
        case Blow.Block block -> Thread.ofVirtual().name("block").start(() -> block(guests, block));
      }
    }
  }

  private void killWorker(int which) throws InterruptedException {
    var name = Company.worker(which);
    var from = company.kill(name);
    TimeUnit.SECONDS.sleep(1);
    company.startWorker(which);
    troubles.add(new Evidence.Trouble(name + " killed", "", from, company.sim.now()));
  }

  /// The bot is back when it has had updates. The simulator does not notice that a poll was broken
  /// off: that one comes to its end first.
  private void restartBot(boolean kill) throws InterruptedException {
    var from = kill ? company.kill("bot") : company.stop("bot");
    long before = polls();
    company.startBot();
    long deadline = System.nanoTime() + START.toNanos();
    while (polls() - before < (kill ? 2 : 1) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    var what = kill ? "bot killed" : "bot restarted";
    troubles.add(new Evidence.Trouble(what, "", from, company.sim.now()));
  }

  private long polls() {
    return company.sim.stats().byMethod().getOrDefault("getupdates", 0L);
  }

  private void block(Guests guests, Blow.Block block) {
    try {
      troubles.add(guests.block(block));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd(Guests guests, Lookout lookout) throws InterruptedException {
    long deadline = System.nanoTime() + setting.asking().plus(DRAIN).toNanos();
    for (int quiet = 0; quiet < QUIET_LOOKS; ) {
      if (System.nanoTime() > deadline) {
        say("not everything has come to its end");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(300);
      tell(guests, lookout);
      boolean done = guests.areDone() && isEmpty("tasks") && isEmpty("outbox");
      quiet = done && company.sim.pending(Company.BOT) == 0 ? quiet + 1 : 0;
    }
  }

  private boolean isEmpty(String queue) {
    Counts counts = company.queues.queue(queue).counts();
    return counts.waiting() + counts.running() + counts.scheduled() == 0;
  }

  private Evidence evidence(Guests guests, Lookout lookout, List<String> broken) {
    var asked = new ArrayList<Evidence.Asked>();
    for (var said : guests.said()) {
      var presses = said.presses().stream().map(company.sim::callback).toList();
      var state =
          company.queues.queue("tasks").find(new JobId(said.task())).map(info -> info.state());
      asked.add(
          new Evidence.Asked(
              said.ask(),
              said.place().chat(),
              said.place().id(),
              said.place().person(said.ask()),
              said.message(),
              said.at(),
              presses,
              state));
    }
    var chats = new HashMap<String, List<SimMessage>>();
    places.forEach(place -> chats.put(place.chat(), company.sim.transcript(place.chat())));
    var wire = new Evidence.Wire(company.sim.calls(), company.sim.stats().flood());
    var sorted = troubles.stream().sorted(Comparator.comparing(Evidence.Trouble::from)).toList();
    return new Evidence(List.copyOf(asked), chats, wire, lookout.seen(), sorted, broken);
  }

  private Duration passed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void say(String what) {
    out.accept("%7.1f s  %s".formatted(passed().toMillis() / 1000.0, what));
  }

  /// How far it has come, every ten seconds.
  private void tell(Guests guests, Lookout lookout) {
    long tens = passed().toSeconds() / 10;
    if (tens > printed) {
      printed = tens;
      var tasks = company.queues.queue("tasks").counts();
      say(
          "%d asked, %d tasks ended, %d letters wait, %d × 429"
              .formatted(
                  guests.spoken(),
                  tasks.finished() + tasks.failed() + tasks.canceled(),
                  lookout.waiting(),
                  company.sim.stats().flood()));
    }
  }

  @Override
  public void close() {
    company.close();
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
