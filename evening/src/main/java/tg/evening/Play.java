package tg.evening;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tg.evening.Ask.Deed;
import tg.evening.Ask.Kind;

/// Who asks what when, and what goes wrong: all of it drawn from the seed. Immutable.
///
/// @param asks by number, which is by time
/// @param blows by time
record Play(List<Ask> asks, List<Blow> blows) {
  /// Private chats in which much is asked.
  static final int BUSY = 28;

  /// Private chats with so little to say that Cancel is seen in time.
  static final int CALM = 4;

  /// Groups, supergroups and forums.
  static final int GROUPS = 8;

  /// People in a group.
  static final int MEMBERS = 21;

  private static final int BLOCKS = 3;
  private static final double IN_GROUPS = 0.06;
  private static final double IN_CALM = 0.03;

  static Play of(Setting setting) {
    var random = new Random(setting.seed());
    var times = new ArrayList<Duration>();
    for (int i = 0; i < setting.tasks(); i++) {
      times.add(part(setting, random.nextDouble()));
    }
    times.sort(Comparator.naturalOrder());
    var asks = new ArrayList<Ask>();
    // Drawn like cards, so that every kind comes in any evening.
    var cards = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
    for (var at : times) {
      if (asks.size() % cards.size() == 0) {
        Collections.shuffle(cards, random);
      }
      asks.add(ask(asks.size() + 1, at, cards.get(asks.size() % cards.size()), random));
    }
    return new Play(List.copyOf(asks), blows(setting, random));
  }

  private static Ask ask(int number, Duration at, int card, RandomGenerator random) {
    var takes = Duration.ofMillis(50 + random.nextInt(750));
    if (random.nextInt(4) == 0) {
      takes = Duration.ofMillis(1000 + random.nextInt(1500));
    }
    var kind =
        switch (card) {
          case 0, 1, 2 -> Kind.LONG;
          case 3, 4, 5, 6 -> Kind.PROGRESS;
          case 7, 8 -> Kind.FLAKY;
          case 9, 10 -> Kind.REFUSE;
          case 11, 12, 13 -> Kind.FAIL;
          default -> Kind.ANSWER;
        };
    var deed =
        switch (card) {
          case 11 -> Deed.RETRY;
          case 12 -> random.nextInt(2) == 0 ? Deed.RETRY : Deed.RETRY_TWICE;
          case 20, 21, 22, 23, 24 -> Deed.CANCEL;
          case 30, 31 -> Deed.DELETE;
          case 32, 33 -> Deed.DELETE_UNNOTICED;
          default -> Deed.NONE;
        };
    if (kind == Kind.PROGRESS) {
      takes = takes.plusSeconds(4);
    } else if (card == 20 || card == 21) {
      takes = Duration.ofSeconds(20);
    } else if (deed == Deed.CANCEL) {
      takes = takes.plusSeconds(1);
    }
    int place = place(deed, random);
    int person = place < BUSY + CALM ? 0 : random.nextInt(MEMBERS);
    return new Ask(number, place, person, kind, takes, deed, at);
  }

  private static int place(Deed deed, RandomGenerator random) {
    double where = random.nextDouble();
    if (where < IN_GROUPS) {
      return BUSY + CALM + random.nextInt(GROUPS);
    }
    return deed == Deed.CANCEL || where < IN_GROUPS + IN_CALM
        ? BUSY + random.nextInt(CALM)
        : random.nextInt(BUSY);
  }

  private static List<Blow> blows(Setting setting, RandomGenerator random) {
    var blows = new ArrayList<Blow>();
    blows.add(new Blow.KillWorker(0, part(setting, 0.25 + random.nextDouble() * 0.1)));
    boolean kill = random.nextBoolean();
    blows.add(new Blow.RestartBot(kill, part(setting, 0.45 + random.nextDouble() * 0.1)));
    blows.add(new Blow.KillWorker(1, part(setting, 0.65 + random.nextDouble() * 0.1)));
    for (int place = 0; place < BLOCKS; place++) {
      var lasts = Duration.ofSeconds(2 + random.nextInt(4));
      blows.add(new Blow.Block(place, part(setting, 0.3 + random.nextDouble() * 0.5), lasts));
    }
    blows.sort(Comparator.comparing(Blow::at));
    return List.copyOf(blows);
  }

  private static Duration part(Setting setting, double share) {
    return Duration.ofMillis(Math.round(setting.asking().toMillis() * share));
  }
}
