package tg.evening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import tg.evening.Ask.Deed;
import tg.evening.Ask.Kind;

final class PlayTest {
  @Test
  void aSeedRepeatsEverything() {
    var setting = new Setting(7, 300, 0, false);
    assertEquals(Play.of(setting), Play.of(setting));
    assertNotEquals(Play.of(setting), Play.of(new Setting(8, 300, 0, false)));
  }

  @Test
  void everyKindAndEveryDeedComesInAnyEvening() {
    for (long seed = 1; seed <= 20; seed++) {
      var kinds = EnumSet.noneOf(Kind.class);
      var deeds = EnumSet.noneOf(Deed.class);
      for (var ask : Play.of(new Setting(seed, 300, 0, false)).asks()) {
        kinds.add(ask.kind());
        deeds.add(ask.deed());
      }
      assertEquals(EnumSet.allOf(Kind.class), kinds, "seed " + seed);
      assertTrue(deeds.containsAll(EnumSet.of(Deed.CANCEL, Deed.RETRY, Deed.DELETE)));
    }
  }

  @Test
  void bothWorkersAndTheBotAreStruckWhilePeopleAsk() {
    var setting = new Setting(3, 3000, 0, false);
    var play = Play.of(setting);
    assertEquals(2, play.blows().stream().filter(Blow.KillWorker.class::isInstance).count());
    assertEquals(1, play.blows().stream().filter(Blow.RestartBot.class::isInstance).count());
    assertTrue(play.blows().stream().allMatch(blow -> blow.at().compareTo(setting.asking()) < 0));
  }
}
