package tg.outbox;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import tg.api.Button;
import tg.api.Call;
import tg.queue.Job;
import tg.queue.JobId;

/// How a letter is written in a job. Version 1. The kind is the job's type.
final class LetterJson {
  private LetterJson() {}

  static String write(Letter letter) {
    var json = Json.object().add("v", 1);
    switch (letter) {
      case Letter.Acknowledgement ack ->
          json.add("task", ack.task().value())
              .add("target", target(ack.target()))
              .add("text", text(ack.text()))
              .add("buttons", buttons(ack.buttons()));
      case Letter.Progress progress ->
          json.add("task", progress.task().value())
              .add("chat", progress.chat())
              .add("text", text(progress.text()))
              .add("buttons", buttons(progress.buttons()))
              .add("last", progress.last());
      case Letter.Answer answer ->
          json.add("target", target(answer.target()))
              .add("text", text(answer.text()))
              .add("buttons", buttons(answer.buttons()));
    }
    return json.toString();
  }

  static Letter read(Job job) {
    var json = TaskJson.object(job.payload().text());
    return switch (job.type()) {
      case "ack" ->
          new Letter.Acknowledgement(
              new JobId(json.getString("task", "")),
              target(json.get("target").asObject()),
              text(json.get("text").asObject()),
              buttons(json.get("buttons").asArray()));
      case "progress" ->
          new Letter.Progress(
              new JobId(json.getString("task", "")),
              json.getLong("chat", 0),
              text(json.get("text").asObject()),
              buttons(json.get("buttons").asArray()),
              json.getBoolean("last", false));
      case "answer" ->
          new Letter.Answer(
              target(json.get("target").asObject()),
              text(json.get("text").asObject()),
              buttons(json.get("buttons").asArray()));
      default -> throw new IllegalArgumentException("'" + job.type() + "' is not a kind of letter");
    };
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

  private static JsonObject text(Call.Text text) {
    return Json.object().add("value", text.value()).add("html", text.html());
  }

  private static Call.Text text(JsonObject json) {
    return new Call.Text(json.getString("value", ""), json.getBoolean("html", false));
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
