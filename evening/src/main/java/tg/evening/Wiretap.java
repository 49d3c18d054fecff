package tg.evening;

import java.util.List;
import tg.sim.SimCall;

/// Every call of the Bot API as a line, for whoever looks for the reason of a failed line.
final class Wiretap {
  private static final int LONGEST = 80;

  private Wiretap() {}

  /// {@return lines of: when, how long in ms, method, chat, message, status, fault, text}
  static List<String> lines(Evidence evidence) {
    return evidence.wire().calls().stream().map(Wiretap::line).toList();
  }

  private static String line(SimCall call) {
    var text = call.params().getOrDefault("text", call.params().getOrDefault("offset", ""));
    return String.join(
        "\t",
        call.at().toString(),
        Long.toString(call.outcome().took().toMillis()),
        call.method(),
        call.params().getOrDefault("chat_id", ""),
        call.params().getOrDefault("message_id", ""),
        Integer.toString(call.outcome().status()),
        call.outcome().fault(),
        text.substring(0, Math.min(LONGEST, text.length())).replace('\n', ' '));
  }
}
