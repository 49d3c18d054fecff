package tg.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.Payload;

/// How a letter is written in a job: a line of JSON, and after it the bytes of the file, if there
/// is one. Version 1. The kind is the job's type.
final class LetterJson {
  private LetterJson() {}

  static Payload write(Letter letter) {
    var json = Json.object().add("v", 1);
    switch (letter) {
      case Letter.Acknowledgement ack ->
          json.add("task", ack.task().value())
              .add("target", target(ack.target()))
              .add("text", TextJson.write(ack.text()))
              .add("buttons", buttons(ack.buttons()))
              .add("after", ack.after().toMillis());
      case Letter.Progress progress ->
          json.add("task", progress.task().value())
              .add("chat", progress.chat())
              .add("text", TextJson.write(progress.text()))
              .add("buttons", buttons(progress.buttons()))
              .add("phase", progress.phase().name());
      case Letter.Buttons change ->
          json.add("chat", change.chat())
              .add("message", change.message().message())
              .add("buttons", buttons(change.buttons()));
      case Letter.Answer answer -> {
        json.add("target", target(answer.target())).add("buttons", buttons(answer.buttons()));
        var instead = answer.instead();
        if (instead != null) {
          json.add("instead", instead.task().value()).add("message", instead.message());
        }
        return content(json, answer.content());
      }
    }
    return Payload.of(json.toString());
  }

  private static Payload content(JsonObject json, Content content) {
    json.add("text", TextJson.write(content.text()));
    return switch (content) {
      case Content.Words _ -> Payload.of(json.toString());
      case Content.Photo(var name, var bytes, _) ->
          framed(json.add("shows", "photo").add("name", name), bytes);
      case Content.Document(var name, var bytes, _) ->
          framed(json.add("shows", "document").add("name", name), bytes);
    };
  }

  private static Payload framed(JsonObject json, Payload file) {
    var frame = new ByteArrayOutputStream(file.size() + 512);
    frame.writeBytes(json.toString().getBytes(UTF_8));
    frame.write('\n');
    frame.writeBytes(file.bytes());
    return Payload.of(frame.toByteArray());
  }

  static Letter read(Job job) {
    var bytes = job.payload().bytes();
    // JSON as we write it has no line breaks.
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    var json = TaskJson.object(new String(bytes, 0, end, UTF_8));
    return switch (job.type()) {
      case "ack" ->
          new Letter.Acknowledgement(
              new JobId(json.getString("task", "")),
              target(json.get("target").asObject()),
              TextJson.read(json.get("text").asObject()),
              buttons(json.get("buttons").asArray()),
              Duration.ofMillis(json.getLong("after", 0)));
      case "progress" ->
          new Letter.Progress(
              new JobId(json.getString("task", "")),
              json.getLong("chat", 0),
              TextJson.read(json.get("text").asObject()),
              buttons(json.get("buttons").asArray()),
              Letter.Phase.valueOf(json.getString("phase", "")));
      case "buttons" ->
          new Letter.Buttons(
              new MessageRef(json.getLong("chat", 0), json.getInt("message", 0), 0),
              buttons(json.get("buttons").asArray()));
      case "answer" ->
          new Letter.Answer(
              target(json.get("target").asObject()),
              content(json, bytes, Math.min(end + 1, bytes.length)),
              buttons(json.get("buttons").asArray()),
              instead(json));
      default -> throw new IllegalArgumentException("'" + job.type() + "' is not a kind of letter");
    };
  }

  private static Letter.@Nullable Instead instead(JsonObject json) {
    var task = json.getString("instead", "");
    return task.isEmpty() ? null : new Letter.Instead(new JobId(task), json.getInt("message", 0));
  }

  private static Content content(JsonObject json, byte[] bytes, int from) {
    var text = TextJson.read(json.get("text").asObject());
    var name = json.getString("name", "");
    return switch (json.getString("shows", "words")) {
      case "words" -> new Content.Words(text);
      case "photo" -> new Content.Photo(name, file(bytes, from), text);
      case "document" -> new Content.Document(name, file(bytes, from), text);
      default -> throw new IllegalArgumentException("this answer shows something unknown");
    };
  }

  private static Payload file(byte[] bytes, int from) {
    return Payload.of(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static JsonObject target(Call.Target target) {
    return Json.object()
        .add("chat", target.chat())
        .add("topic", target.topic())
        .add("replyTo", target.replyTo());
  }

  private static Call.Target target(JsonObject json) {
    return new Call.Target(
        json.getLong("chat", 0), json.getInt("topic", 0), json.getInt("replyTo", 0));
  }

  private static JsonArray buttons(List<List<Button>> rows) {
    var array = new JsonArray();
    for (var row : rows) {
      var cells = new JsonArray();
      row.forEach(button ->
          cells.add(Json.object().add("label", button.label()).add("data", button.data())));
      array.add(cells);
    }
    return array;
  }

  private static List<List<Button>> buttons(JsonArray array) {
    var rows = new ArrayList<List<Button>>();
    for (JsonValue row : array) {
      var cells = new ArrayList<Button>();
      for (JsonValue cell : row.asArray()) {
        var button = cell.asObject();
        cells.add(new Button(button.getString("label", ""), button.getString("data", "")));
      }
      rows.add(List.copyOf(cells));
    }
    return List.copyOf(rows);
  }
}
