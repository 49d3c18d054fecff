package tg.queue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A {@link Schedule} as text for the server: {@link Words}. Words that are not known are passed
/// over, so that an older process can tick for a newer one.
final class ScheduleText {
  private ScheduleText() {}

  static String write(Schedule schedule) {
    var words = new LinkedHashMap<String, String>();
    switch (schedule.when()) {
      case Schedule.When.At(var cron, var zone) -> {
        words.put("cron", cron.toString());
        words.put("zone", zone.getId());
      }
      case Schedule.When.Every(var interval) ->
          words.put("every", Long.toString(interval.toMillis()));
    }
    words.put("missed", Integer.toString(schedule.missed().most()));
    var job = schedule.job();
    words.put("queue", job.queue());
    words.put("type", job.type());
    words.put("priority", job.priority().name());
    job.group().ifPresent(group -> words.put("group", group));
    job.keep().ifPresent(keep -> words.put("keep", Long.toString(keep.toMillis())));
    job.replaceKey().ifPresent(key -> words.put("replacing", key));
    words.put("headers", Words.write(job.headers()));
    words.put("terms", job.terms().write());
    words.put("payload", Base64.getEncoder().encodeToString(job.payload().raw()));
    return Words.write(words);
  }

  /// Reads what was written.
  ///
  /// @throws IllegalArgumentException when this version cannot read it
  static Schedule read(String name, String text) {
    var words = Words.read(text);
    var missed = new Missed(Integer.parseInt(need(name, words, "missed")));
    var job = job(name, words);
    var cron = words.get("cron");
    var schedule =
        cron == null
            ? Schedule.every(
                name, Duration.ofMillis(Long.parseLong(need(name, words, "every"))), job)
            : Schedule.cron(name, Cron.of(cron), ZoneId.of(need(name, words, "zone")), job);
    return schedule.missed(missed);
  }

  private static NewJob job(String name, Map<String, String> words) {
    var payload = Payload.own(Base64.getDecoder().decode(need(name, words, "payload")));
    var job = NewJob.of(need(name, words, "queue"), need(name, words, "type"), payload);
    job = job.priority(Priority.valueOf(need(name, words, "priority")));
    var group = words.get("group");
    job = group == null ? job : job.group(group);
    var keep = words.get("keep");
    job = keep == null ? job : job.keep(Duration.ofMillis(Long.parseLong(keep)));
    var key = words.get("replacing");
    job = key == null ? job : job.replacing(key);
    for (var header : Words.read(words.getOrDefault("headers", "")).entrySet()) {
      job = job.header(header.getKey(), header.getValue());
    }
    return job.terms(Terms.read(words.getOrDefault("terms", "")));
  }

  private static String need(String name, Map<String, String> words, String key) {
    var value = words.get(key);
    if (value == null) {
      throw new IllegalArgumentException("schedule " + name + " has no " + key);
    }
    return value;
  }
}
