package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Sweeps on a server. A cursor is the number of the registry, a place in it (a bucket, an epoch),
/// and the server's own cursor there; of ids it is the number of the next one. Thread-safe.
final class ValkeySweeps implements SweepStore {
  private final Courier courier;
  private final Ulid requests;
  private final Duration keep;

  /// @param keep of canceled jobs that do not say themselves
  ValkeySweeps(Courier courier, Ulid requests, Duration keep) {
    this.courier = courier;
    this.requests = requests;
    this.keep = keep;
  }

  private record Cursor(int part, String place, String at) {
    static Cursor read(String text) {
      if (text.isEmpty()) {
        return new Cursor(0, "", "0");
      }
      var words = text.split(" ", 3);
      if (words.length != 3
          || !words[0].matches("[0-9]{1,9}")
          || !words[2].matches("[0-9]{1,20}")) {
        throw new IllegalArgumentException("'" + text + "' is not what a page said is next");
      }
      return new Cursor(Integer.parseInt(words[0]), words[1], words[2]);
    }
  }

  @Override
  public Slice slice(Sweep sweep, String text, int most) {
    var cursor = Cursor.read(text);
    var which = sweep.which();
    if (which.registries().isEmpty()) {
      int from = Math.min(cursor.part, which.ids().size());
      int to = Math.min(which.ids().size(), from + most);
      var next = to < which.ids().size() ? to + "  0" : "";
      return ask(sweep, new Cursor(from, "", "0"), to - from, next);
    }
    if (cursor.part >= which.registries().size()) {
      return new Slice("", List.of(), 0, 0, 0);
    }
    int after = cursor.part + 1;
    return ask(sweep, cursor, most, after < which.registries().size() ? after + "  0" : "");
  }

  /// @param next where to go on when this registry, or these ids, are done
  private Slice ask(Sweep sweep, Cursor cursor, int most, String next) {
    var args = new Args();
    if (sweep.deed().changes()) {
      args.add(requests.next()).add(sweep.queue()).add(sweep.deed().word()).add(keep.toMillis());
    } else {
      args.add(sweep.queue()).add(sweep.deed() == Deed.SHOW ? "rows" : "count");
    }
    select(args, sweep.which(), cursor, most);
    var script = sweep.deed().changes() ? Script.SWEEP : Script.SELECT;
    var answer = (List<?>) courier.ask(script, args);
    var jobs = new ArrayList<JobInfo>();
    for (var entry : answer.subList(4, answer.size())) {
      var row = (List<?>) entry;
      var id = new JobId(text(row.getFirst()));
      jobs.add(ValkeyStore.info(sweep.queue(), id, row.subList(1, row.size())));
    }
    var there = text(answer.getFirst());
    return new Slice(
        there.isEmpty() ? next : cursor.part + " " + there,
        jobs,
        (Long) answer.get(1),
        (Long) answer.get(2),
        (Long) answer.get(3));
  }

  private static void select(Args args, Selection which, Cursor cursor, int most) {
    boolean named = which.registries().isEmpty();
    args.add(named ? "" : which.registries().get(cursor.part).word());
    args.add(cursor.place).add(cursor.at).add(most);
    args.add(which.type().orElse("")).add(which.group().orElse(""));
    args.add(which.times().since().map(ValkeySweeps::millis).orElse(""));
    args.add(which.times().before().map(ValkeySweeps::millis).orElse(""));
    args.add(which.times().age().map(age -> Long.toString(age.toMillis())).orElse(""));
    if (named) {
      which.ids().subList(cursor.part, cursor.part + most).forEach(id -> args.add(id.value()));
    }
  }

  private static String millis(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }
}
