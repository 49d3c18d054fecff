package tg.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

/// The places that may break a rule, with the reason. There are at most three, so that a fourth is
/// a talk about the rule.
final class Exceptions {
  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed(
              "noStaticStateCanChange",
              "modules/tg.queue/src/main/java/tg/queue/Args.java",
              "small numbers as bytes, made once and never written: every command needs some"));

  private Exceptions() {}

  /// Fails with all findings of `rule` that are not allowed, each on a line with file and line
  /// number.
  static void assertNone(String rule, List<Finding> findings) {
    var left =
        findings.stream()
            .filter(finding -> ALLOWED.stream().noneMatch(each -> each.allows(rule, finding)))
            .map(Finding::toString)
            .toList();
    if (!left.isEmpty()) {
      fail(rule + ":\n" + String.join("\n", left));
    }
  }

  static void assertFew() {
    assertTrue(ALLOWED.size() <= 3, "more than three exceptions: change the rule, or the code");
  }

  /// @param rule the test's name
  /// @param file the file, relative to the root
  /// @param reason why it is right there
  private record Allowed(String rule, String file, String reason) {
    boolean allows(String rule, Finding finding) {
      return this.rule.equals(rule) && file.equals(finding.file());
    }
  }
}
