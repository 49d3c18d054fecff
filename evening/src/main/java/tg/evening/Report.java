package tg.evening;

import java.util.ArrayList;
import java.util.List;

/// The verdict. Immutable.
///
/// @param lines one for each thing that was looked at
record Report(List<Line> lines) {
  private static final int SHOWN = 8;

  /// One thing that was looked at.
  ///
  /// @param what its name
  /// @param figure what was found
  /// @param must what it must be; empty when it may be anything
  /// @param passed whether it is
  /// @param cases examples of what must not be
  record Line(String what, String figure, String must, boolean passed, List<String> cases) {}

  boolean passed() {
    return lines.stream().allMatch(Line::passed);
  }

  /// {@return what was found under a name}
  Line line(String what) {
    return lines.stream().filter(line -> line.what.equals(what)).findFirst().orElseThrow();
  }

  /// {@return the names of the lines that are not as they must be}
  List<String> failed() {
    return lines.stream().filter(line -> !line.passed).map(Line::what).toList();
  }

  String text() {
    var text = new ArrayList<String>();
    for (var line : lines) {
      var verdict = line.must.isEmpty() ? "" : line.passed ? "OK" : "FAILED";
      text.add(
          "%-54s %9s  %-16s %s"
              .formatted(line.what, line.figure, line.must, verdict)
              .stripTrailing());
      line.cases.stream().limit(SHOWN).forEach(each -> text.add("    " + each));
      if (line.cases.size() > SHOWN) {
        text.add("    and " + (line.cases.size() - SHOWN) + " more");
      }
    }
    return String.join("\n", text);
  }

  /// Collects lines. Confined to one thread at a time.
  static final class Builder {
    private final List<Line> lines = new ArrayList<>();

    Builder count(String what, long count) {
      return figure(what, Long.toString(count));
    }

    Builder figure(String what, String figure) {
      lines.add(new Line(what, figure, "", true, List.of()));
      return this;
    }

    Builder zero(String what, List<String> cases) {
      return must(what, Integer.toString(cases.size()), "must be 0", cases.isEmpty(), cases);
    }

    Builder must(String what, String figure, String must, boolean passed) {
      return must(what, figure, must, passed, List.of());
    }

    Builder must(String what, String figure, String must, boolean passed, List<String> cases) {
      lines.add(new Line(what, figure, must, passed, cases));
      return this;
    }

    Report build() {
      return new Report(List.copyOf(lines));
    }
  }
}
