package tg.queue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Two time zones whose clocks change at a second that a test chooses: one from 02:00 to 03:00, the
/// other from 03:00 back to 02:00.
final class ChangingZones extends ZoneRulesProvider {
  private final long second;

  private ChangingZones(long second) {
    this.second = second;
  }

  static void register(long second) {
    registerProvider(new ChangingZones(second));
  }

  /// {@return the zone that leaves out an hour}
  static ZoneId skips(long second) {
    return ZoneId.of("Test/Skips-" + second);
  }

  /// {@return the zone that has an hour twice}
  static ZoneId repeats(long second) {
    return ZoneId.of("Test/Repeats-" + second);
  }

  @Override
  protected Set<String> provideZoneIds() {
    return Set.of("Test/Skips-" + second, "Test/Repeats-" + second);
  }

  @Override
  protected ZoneRules provideRules(String zoneId, boolean forCaching) {
    boolean skips = zoneId.startsWith("Test/Skips");
    var local = LocalDateTime.of(2026, 1, 1, skips ? 2 : 3, 0);
    long utcOfDay = Math.floorMod(second, 86_400L);
    long wanted = local.toLocalTime().toSecondOfDay();
    long shift = Math.floorMod(wanted - utcOfDay + 43_200, 86_400L) - 43_200;
    var before = ZoneOffset.ofTotalSeconds((int) shift);
    var after = ZoneOffset.ofTotalSeconds((int) shift + (skips ? 3_600 : -3_600));
    var at = LocalDateTime.ofInstant(Instant.ofEpochSecond(second), before);
    return ZoneRules.of(
        before, before, List.of(), List.of(ZoneOffsetTransition.of(at, before, after)), List.of());
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
    return new TreeMap<>(Map.of("1", provideRules(zoneId, false)));
  }
}
