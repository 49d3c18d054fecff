package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rules on a server. Thread-safe.
final class ValkeyRules implements RuleStore {
  private final Courier courier;

  ValkeyRules(Courier courier) {
    this.courier = courier;
  }

  @Override
  public void limit(String queue, QueueLimits limits) {
    var ageing = limits.ageing().map(value -> Long.toString(value.toMillis())).orElse("");
    var args = new Args().add(queue).add("queue").add(RuleText.write(limits.rate())).add(ageing);
    courier.ask(Script.LIMIT, args.add(RuleText.write(limits.eachGroup())));
  }

  @Override
  public void limit(String queue, String groups, @Nullable GroupLimits limits) {
    boolean many = groups.endsWith("*");
    var name = many ? groups.substring(0, groups.length() - 1) : groups;
    var args = new Args().add(queue).add(many ? "groups" : "group").add(name);
    courier.ask(Script.LIMIT, args.add(limits == null ? "" : RuleText.writeAll(limits)));
  }

  @Override
  public QueueLimits limits(String queue) {
    return RuleText.queue(fields(queue));
  }

  @Override
  public Map<String, GroupLimits> groupLimits(String queue) {
    var limits = new TreeMap<String, GroupLimits>();
    fields(queue)
        .forEach((field, text) -> {
          if (field.startsWith("g/")) {
            limits.put(field.substring(2), RuleText.group(text));
          } else if (field.equals("patterns")) {
            for (var pattern : text.split(";", -1)) {
              int equals = pattern.indexOf('=');
              var limit = RuleText.group(pattern.substring(equals + 1));
              limits.put(pattern.substring(0, equals) + "*", limit);
            }
          }
        });
    return limits;
  }

  private Map<String, String> fields(String queue) {
    var flat = (List<?>) courier.ask(Script.LIMITS, new Args().add(queue));
    var fields = new HashMap<String, String>();
    for (int i = 0; i < flat.size(); i += 2) {
      fields.put(text(flat.get(i)), text(flat.get(i + 1)));
    }
    return fields;
  }

  @Override
  public void close(String queue, String group, @Nullable Duration time) {
    gate(queue, group, time == null ? -1 : Math.max(1, AddedRuns.millis(time)));
  }

  @Override
  public void open(String queue, String group) {
    gate(queue, group, 0);
  }

  private void gate(String queue, String group, long millis) {
    courier.ask(Script.GATE, new Args().add(queue).add(group).add(millis));
  }

  @Override
  public Optional<Instant> closedUntil(String queue, String group) {
    long until = (Long) courier.ask(Script.CLOSED, new Args().add(queue).add(group));
    if (until == -1) {
      return Optional.empty();
    }
    return Optional.of(until == -2 ? Instant.MAX : Instant.ofEpochMilli(until));
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }
}
