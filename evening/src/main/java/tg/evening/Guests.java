package tg.evening;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tg.evening.Ask.Deed;
import tg.sim.Sim;
import tg.sim.SimCallback;
import tg.sim.SimException;
import tg.sim.SimMessage;
import tg.sim.Speech;

/// The people: each chat asks what it has to ask, and does what people do then. Thread-safe.
final class Guests implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_MILLIS = 250;

  private final Sim sim;
  private final List<Place> places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<Said> said = new ConcurrentLinkedQueue<>();
  private final Set<Integer> blocked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger busy = new AtomicInteger();
  private final long start = System.nanoTime();

  /// What was said, and what was pressed since.
  ///
  /// @param presses the ids of the presses
  record Said(Ask ask, Place place, int message, Instant at, List<String> presses) {
    String task() {
      return Company.BOT + "." + place.id() + "." + message;
    }
  }

  Guests(Sim sim, List<Place> places) {
    this.sim = sim;
    this.places = places;
  }

  /// Lets everybody begin.
  void begin(List<Ask> asks) {
    for (int i = 0; i < places.size(); i++) {
      int place = i;
      run(() -> {
        for (var ask : asks) {
          if (ask.place() == place) {
            ask(ask);
          }
        }
      });
    }
  }

  private interface Part {
    void run() throws InterruptedException;
  }

  private void run(Part part) {
    busy.incrementAndGet();
    threads.execute(() -> {
      try {
        part.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        busy.decrementAndGet();
      }
    });
  }

  /// {@return whether nobody has anything more to say or press}
  boolean areDone() {
    return busy.get() == 0;
  }

  /// {@return how much was said so far}
  int spoken() {
    return said.size();
  }

  /// Somebody blocks the bot, and lets it write again.
  ///
  /// @return what happened
  Evidence.Trouble block(Blow.Block block) throws InterruptedException {
    var place = places.get(block.place());
    synchronized (place) {
      blocked.add(block.place());
      sim.block(Company.BOT, place.id());
    }
    var from = sim.now();
    Thread.sleep(block.lasts());
    sim.unblock(Company.BOT, place.id());
    blocked.remove(block.place());
    return new Evidence.Trouble("blocked by " + place.chat(), place.chat(), from, sim.now());
  }

  private void ask(Ask ask) throws InterruptedException {
    long wait = ask.at().toNanos() - (System.nanoTime() - start);
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    var place = places.get(ask.place());
    var message = say(place, ask);
    while (message.isEmpty()) {
      Thread.sleep(LOOK_MILLIS);
      message = say(place, ask);
    }
    var first = message.get();
    var asked = new Said(ask, place, first.id(), first.sentAt(), new ArrayList<>());
    said.add(asked);
    if (ask.deed() != Deed.NONE) {
      run(() -> follow(asked));
    }
  }

  /// Nobody talks to a bot that he has blocked.
  private Optional<SimMessage> say(Place place, Ask ask) {
    synchronized (place) {
      if (blocked.contains(ask.place())) {
        return Optional.empty();
      }
      var speech = Speech.text(place.words(ask)).from(place.person(ask));
      int topic = place.topic(ask);
      return Optional.of(sim.say(place.chat(), topic == 0 ? speech : speech.thread(topic)));
    }
  }

  private void follow(Said asked) throws InterruptedException {
    switch (asked.ask.deed()) {
      case NONE -> {}
      case CANCEL -> press(asked, "c/", 1);
      case RETRY -> press(asked, "r/", 1);
      case RETRY_TWICE -> press(asked, "r/", 2);
      case DELETE -> {
        Thread.sleep(LOOK_MILLIS);
        sim.delete(asked.place.chat(), asked.message);
      }
      case DELETE_UNNOTICED -> {
        Thread.sleep(LOOK_MILLIS);
        sim.deleteUnnoticed(asked.place.chat(), asked.message);
      }
    }
  }

  /// Waits for the button, thinks for a moment, and presses it if it is still there.
  private void press(Said asked, String verb, int times) throws InterruptedException {
    var data = verb + asked.task() + "/" + asked.place.person(asked.ask);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var found = under(asked, data);
    while (found.isEmpty()) {
      if (System.nanoTime() > deadline || isAnswered(asked)) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
      found = under(asked, data);
    }
    Thread.sleep(200 + asked.ask.number() % 7 * 200L);
    for (int i = 0; i < times; i++) {
      pressed(asked, found.get(), data).map(SimCallback::id).ifPresent(asked.presses::add);
    }
  }

  private Optional<SimCallback> pressed(Said asked, SimMessage message, String data) {
    try {
      long user = asked.place.person(asked.ask);
      return Optional.of(sim.press(asked.place.chat(), message.id(), data, user));
    } catch (SimException e) {
      return Optional.empty(); // The button went away while the person was thinking.
    }
  }

  private Optional<SimMessage> under(Said asked, String data) {
    return sim.transcript(asked.place.chat()).stream()
        .filter(message -> message.deletedAt().isEmpty())
        .filter(message ->
            message.shown().buttons().stream().anyMatch(each -> each.data().equals(data)))
        .findFirst();
  }

  private boolean isAnswered(Said asked) {
    var answer = "answer " + asked.ask.number() + ".";
    return sim.transcript(asked.place.chat()).stream()
        .anyMatch(message -> message.text().contains(answer));
  }

  /// {@return all that was said, by number}
  List<Said> said() {
    return said.stream()
        .sorted(java.util.Comparator.comparingInt(each -> each.ask.number()))
        .toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
