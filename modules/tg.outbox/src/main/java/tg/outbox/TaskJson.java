package tg.outbox;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tg.api.Message;
import tg.api.MessageRef;
import tg.queue.JobId;

/// How a task is written in a job. Version 1.
final class TaskJson {
  private TaskJson() {}

  static String write(Task task) {
    var json =
        Json.object()
            .add("v", 1)
            .add("message", message(task.message()))
            .add(
                "user",
                Json.object()
                    .add("id", task.user().id())
                    .add("name", task.user().name())
                    .add("language", task.user().language()))
            .add("command", task.command())
            .add("text", task.text())
            .add("asked", task.askedAt().toEpochMilli());
    var file = task.file();
    if (file != null) {
      json.add(
          "file",
          Json.object()
              .add("id", file.id())
              .add("name", file.name())
              .add("type", file.mediaType())
              .add("bytes", file.bytes()));
    }
    return json.toString();
  }

  static Task read(JobId id, String json) {
    var task = object(json);
    var user = task.get("user").asObject();
    return new Task(
        id,
        message(task.get("message").asObject()),
        new Task.Asker(
            user.getLong("id", 0), user.getString("name", ""), user.getString("language", "")),
        task.getString("command", ""),
        task.getString("text", ""),
        file(task),
        Instant.ofEpochMilli(task.getLong("asked", 0)));
  }

  private static Message.@Nullable FileRef file(JsonObject task) {
    return task.get("file") instanceof JsonObject file
        ? new Message.FileRef(
            file.getString("id", ""),
            file.getString("name", ""),
            file.getString("type", ""),
            file.getLong("bytes", -1))
        : null;
  }

  static JsonObject message(MessageRef ref) {
    return Json.object()
        .add("chat", ref.chat())
        .add("message", ref.message())
        .add("topic", ref.topic());
  }

  static MessageRef message(JsonObject json) {
    return new MessageRef(
        json.getLong("chat", 0), json.getInt("message", 0), json.getInt("topic", 0));
  }

  static JsonObject object(String json) {
    JsonObject object;
    try {
      object = Json.parse(json).asObject();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("this job does not hold JSON of tg", e);
    }
    if (object.getInt("v", 0) > 1) {
      throw new NewerFormat(object.getInt("v", 0), 1);
    }
    if (object.getInt("v", 0) != 1) {
      throw new IllegalArgumentException(
          "this job has format version "
              + object.getInt("v", 0)
              + "; this program reads version 1");
    }
    return object;
  }
}
