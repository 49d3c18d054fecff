package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Looks through a queue on a server, in slices that hold up nobody. Within a slice everything is
/// of one instant; between slices jobs move, so that only what is wrong in every look is a
/// difference. Confined to one thread at a time.
final class Audit {
  private static final List<String> PRIORITIES = List.of("0", "1", "2", "3");
  private static final int LOOKS = 3;
  private static final int SLICE = 200;
  private static final int LANES = 100;
  private static final int MOST_COUNTED = 2_000;
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_GROUPS = 5_000;

  private final Courier courier;
  private final String queue;

  Audit(Courier courier, String queue) {
    this.courier = courier;
    this.queue = queue;
  }

  Verification run() {
    var found = new Look().verification();
    for (int look = 1; look < LOOKS && !found.clean(); look++) {
      found = new Look().verification().confirming(found);
    }
    return found;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }

  /// What a slice answers.
  private record Slice(String cursor, List<String> items, int size, int lanes) {}

  /// Once through everything.
  private final class Look {
    /// Jobs that must be in a lane, and in which.
    private final Map<String, String> expected = new HashMap<>();

    private final Set<String> lanes = new LinkedHashSet<>();
    private final List<Verification.Difference> differences = new ArrayList<>();

    Verification verification() {
      long jobs = through("open", "", this::expect);
      PRIORITIES.forEach(priority -> through("ring", priority, lanes::addAll));
      through("parked", "", lanes::addAll);
      throughLanes(new ArrayList<>(lanes));
      expected.forEach((id, lane) ->
          differences.add(
              new Verification.Difference(
                  Verification.Kind.NOWHERE, id, "not in its lane " + lane + " nor elsewhere")));
      through("scheduled", "", items -> {});
      through("deferred", "", items -> {});
      return new Verification(jobs, recount(), differences);
    }

    private void expect(List<String> items) {
      for (int i = 0; i < items.size(); i += 2) {
        expected.put(items.get(i), items.get(i + 1));
        lanes.add(items.get(i + 1));
      }
    }

    /// {@return how many were looked at}
    private long through(String part, String place, Consumer<List<String>> items) {
      long sum = 0;
      var cursor = "0";
      do {
        var slice = slice(part, cursor, List.of(place));
        items.accept(slice.items);
        sum += slice.size;
        cursor = slice.cursor;
      } while (!cursor.equals("0"));
      return sum;
    }

    private void throughLanes(List<String> all) {
      var cursor = "0";
      int done = 0;
      while (done < all.size()) {
        var slice = slice("lanes", cursor, all.subList(done, Math.min(all.size(), done + LANES)));
        for (int i = 0; i < slice.items.size(); i += 2) {
          expected.remove(slice.items.get(i), slice.items.get(i + 1));
        }
        done += slice.lanes;
        cursor = slice.cursor;
      }
    }

    private Slice slice(String part, String cursor, List<String> places) {
      var args = new Args().add(queue).add(part).add(cursor).add(SLICE);
      places.forEach(args::add);
      var answer = (List<?>) courier.ask(Script.VERIFY, args);
      note((List<?>) answer.get(2), 0);
      return new Slice(
          text(answer.getFirst()),
          ((List<?>) answer.get(1)).stream().map(Audit::text).toList(),
          ((Long) answer.get(3)).intValue(),
          ((Long) answer.get(4)).intValue());
    }

    private long recount() {
      var groups = new LinkedHashSet<String>();
      through("groups", "", groups::addAll);
      var args = new Args().add(queue).add(MOST_COUNTED).add(MOST_BYTES);
      groups.stream().limit(MOST_GROUPS).forEach(args::add);
      var answer = (List<?>) courier.ask(Script.RECOUNT, args);
      note(answer, 1);
      return (Long) answer.getFirst();
    }

    private void note(List<?> words, int from) {
      for (int i = from; i < words.size(); i += 3) {
        differences.add(
            new Verification.Difference(
                Verification.Kind.valueOf(text(words.get(i))),
                text(words.get(i + 1)),
                text(words.get(i + 2))));
      }
    }
  }
}
