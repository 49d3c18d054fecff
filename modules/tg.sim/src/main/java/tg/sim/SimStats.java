package tg.sim;

import java.util.Map;

/// Counts of all calls since the start or the last reset. Immutable.
///
/// @param calls how many
/// @param byMethod by method in small letters
/// @param byStatus by HTTP status; 0 where the connection was closed without an answer
/// @param flood how many 429 were earned by pace
/// @param planned how many 429 were planned
/// @param faults how many calls a planned fault struck
public record SimStats(
    long calls,
    Map<String, Long> byMethod,
    Map<Integer, Long> byStatus,
    long flood,
    long planned,
    long faults) {
  /// Copies the maps.
  public SimStats {
    byMethod = Map.copyOf(byMethod);
    byStatus = Map.copyOf(byStatus);
  }
}
