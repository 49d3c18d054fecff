package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.List;

/// A simulator with one bot, and a browser's page before it: Ann (1001) sits there.
final class WebDesk implements AutoCloseable {
  static final long ANN = 1001;
  static final long BOT = 777;

  final Sim sim = Sim.start();
  final ScriptedBot bot = new ScriptedBot(sim.uri(), BOT + ":secret");
  final WebPage page;

  WebDesk(Chromium browser) {
    page = browser.open(sim.uri());
  }

  /// Presses Start, so that the bot may write.
  WebPage started() {
    page.sees(".chat", "Bot 777").click(".blocked .button").sees(".message.out", "/start");
    bot.heard("/start");
    return page.until("document.querySelector('.compose textarea')");
  }

  /// Types a message and waits for it at the bot.
  JsonObject say(String text) {
    page.click("textarea").type(text).press("Enter");
    return bot.heard(text);
  }

  void typing() {
    bot.call("sendChatAction", Json.object().add("chat_id", ANN).add("action", "typing"));
  }

  void answer(JsonObject pressed, String text, boolean alert) {
    JsonObject params = Json.object().add("callback_query_id", pressed.get("id"));
    bot.call("answerCallbackQuery", params.add("text", text).add("show_alert", alert));
  }

  /// A call of the control API, made by the page: as its own scripts do.
  void control(String path, JsonObject body) {
    page.js(
        """
        fetch('%s', {method: 'POST', body: JSON.stringify(%s)})
          .then((r) => r.ok || r.text().then((t) => { throw new Error(t); }))
        """
            .formatted(path, body));
  }

  void addUser(long id, String name) {
    control("/sim/users", Json.object().add("first_name", name).add("id", id));
  }

  void addGroup(String title, long... users) {
    JsonArray people = new JsonArray();
    for (long user : users) {
      people.add(user);
    }
    JsonObject group = Json.object().add("type", "supergroup").add("title", title);
    control("/sim/chats", group.add("users", people).add("bots", new JsonArray().add(BOT)));
  }

  boolean visible(String selector) {
    return page.js(
            """
            (() => {
              const e = document.querySelector(%s);
              const b = e.getBoundingClientRect();
              return e.checkVisibility() && b.bottom > 0 && b.top < innerHeight;
            })()
            """
                .formatted(Json.value(selector)))
        .asBoolean();
  }

  static JsonObject keyboard(String text, String data) {
    JsonObject button = Json.object().add("text", text).add("callback_data", data);
    return keyboard(button);
  }

  /// One button a row.
  static JsonObject keyboard(JsonObject... buttons) {
    JsonArray rows = new JsonArray();
    for (JsonObject button : buttons) {
      rows.add(new JsonArray().add(button));
    }
    return Json.object().add("reply_markup", Json.object().add("inline_keyboard", rows));
  }

  @Override
  public void close() {
    List<String> complaints = page.complaints();
    page.close();
    bot.close();
    sim.close();
    assertEquals(List.of(), complaints, "the browser complained");
  }
}
