package tg.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The checker's table. Immutable.
///
/// @param rows one for each thing that was counted
record Report(List<Row> rows) {
  private static final int SHOWN = 5;

  /// One thing that was counted.
  ///
  /// @param what its name
  /// @param count how many
  /// @param limit what it must be; empty when it may be anything
  /// @param passed whether it is what it must be
  /// @param cases examples of what must not be
  record Row(String what, long count, String limit, boolean passed, List<String> cases) {}

  boolean passed() {
    return rows.stream().allMatch(Row::passed);
  }

  /// {@return how many were counted under that name}
  long count(String what) {
    return rows.stream().filter(row -> row.what.equals(what)).findFirst().orElseThrow().count;
  }

  /// {@return the names of the rows that are not as they must be}
  List<String> failed() {
    return rows.stream().filter(row -> !row.passed).map(Row::what).toList();
  }

  String text() {
    var lines = new ArrayList<String>();
    for (var row : rows) {
      lines.add(
          "%-52s %8d  %s%s"
              .formatted(row.what, row.count, row.limit, row.passed ? "" : "   <-- FAILED")
              .stripTrailing());
      if (!row.passed) {
        row.cases.stream().limit(SHOWN).forEach(each -> lines.add("    " + each));
        if (row.cases.size() > SHOWN) {
          lines.add("    and " + (row.cases.size() - SHOWN) + " more");
        }
      }
    }
    return lines.stream().collect(Collectors.joining("\n"));
  }

  /// Collects rows. Confined to one thread at a time.
  static final class Builder {
    private final List<Row> rows = new ArrayList<>();

    Builder count(String what, long count) {
      rows.add(new Row(what, count, "", true, List.of()));
      return this;
    }

    Builder zero(String what, List<String> cases) {
      rows.add(new Row(what, cases.size(), "must be 0", cases.isEmpty(), cases));
      return this;
    }

    Builder atMost(String what, long count, long limit) {
      rows.add(new Row(what, count, "at most " + limit, count <= limit, List.of()));
      return this;
    }

    Report build() {
      return new Report(List.copyOf(rows));
    }
  }
}
