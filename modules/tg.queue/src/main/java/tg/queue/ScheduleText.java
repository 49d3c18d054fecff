package tg.queue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// A {@link Schedule} as text for the server: lines of `key=value`. Unknown keys are passed over,
/// so that an older process can tick for a newer one.
final class ScheduleText {
  private ScheduleText() {}

  static String write(Schedule schedule) {
    var text = new StringBuilder();
    switch (schedule.when()) {
      case Schedule.When.At(var cron, var zone) -> {
        line(text, "cron", cron.toString());
        line(text, "zone", zone.getId());
      }
      case Schedule.When.Every(var interval) ->
          line(text, "every", Long.toString(interval.toMillis()));
    }
    line(text, "missed", Integer.toString(schedule.missed().most()));
    var job = schedule.job();
    line(text, "queue", job.queue());
    line(text, "type", job.type());
    line(text, "priority", job.priority().name());
    job.group().ifPresent(group -> line(text, "group", group));
    job.keep().ifPresent(keep -> line(text, "keep", Long.toString(keep.toMillis())));
    job.replaceKey().ifPresent(key -> line(text, "replacing", key));
    line(text, "payload", Base64.getEncoder().encodeToString(job.payload().raw()));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value).append('\n');
  }

  /// Reads what was written.
  ///
  /// @throws IllegalArgumentException when this version cannot read it
  static Schedule read(String name, String text) {
    var lines = new HashMap<String, String>();
    text.lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          lines.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
    var missed = new Missed(Integer.parseInt(need(name, lines, "missed")));
    var job = job(name, lines);
    var cron = lines.get("cron");
    var schedule =
        cron == null
            ? Schedule.every(
                name, Duration.ofMillis(Long.parseLong(need(name, lines, "every"))), job)
            : Schedule.cron(name, Cron.of(cron), ZoneId.of(need(name, lines, "zone")), job);
    return schedule.missed(missed);
  }

  private static NewJob job(String name, Map<String, String> lines) {
    var payload = Payload.own(Base64.getDecoder().decode(need(name, lines, "payload")));
    var job = NewJob.of(need(name, lines, "queue"), need(name, lines, "type"), payload);
    job = job.priority(Priority.valueOf(need(name, lines, "priority")));
    var group = lines.get("group");
    job = group == null ? job : job.group(group);
    var keep = lines.get("keep");
    job = keep == null ? job : job.keep(Duration.ofMillis(Long.parseLong(keep)));
    var key = lines.get("replacing");
    return key == null ? job : job.replacing(key);
  }

  private static String need(String name, Map<String, String> lines, String key) {
    var value = lines.get(key);
    if (value == null) {
      throw new IllegalArgumentException("schedule " + name + " has no " + key);
    }
    return value;
  }
}
