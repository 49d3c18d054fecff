package tg.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.sim.WebDesk.ANN;
import static tg.sim.WebDesk.keyboard;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Takes pictures of a real conversation, for people to look at: target/screenshots/.
@ExtendWith(BrowserTests.class)
final class WebChatPicturesTest {
  private static final String STORY =
      "Call me Ishmael. Some years ago, never mind how long precisely, I thought I would sail about"
          + " a little.";

  @Test
  void aConversationWithProgressAndThreadedAnswersCanBeLookedAt() throws IOException {
    try (Chromium browser = new Chromium(Chromium.find().orElseThrow());
        WebDesk desk = new WebDesk(browser)) {
      name(desk);
      neighbours(desk);
      chatter(desk);
      conversation(desk);
      WebPage page = desk.page;
      page.size(1280, 860).js("window.scrollTo(0, 0); document.activeElement.blur()");
      taken(page, "desktop-light");
      page.prefers("prefers-color-scheme", "dark");
      taken(page, "desktop-dark");
      page.size(390, 780);
      taken(page, "phone-chat-dark");
      page.prefers("prefers-color-scheme", "light");
      taken(page, "phone-chat");
      page.click(".back").until("document.querySelector('.sidebar').checkVisibility()");
      taken(page, "phone-list");
      page.size(1400, 860)
          .click("[aria-label='Developer tools']")
          .sees(".calls summary", "sendMessage");
      page.js("document.querySelector('[data-chat=\"1001@777\"]').click()");
      taken(page, "desktop-developer");
    }
  }

  private static void name(WebDesk desk) {
    desk.control(
        "/sim/bots",
        Json.object()
            .add("token", WebDesk.BOT + ":secret")
            .add("first_name", "Desk Bot")
            .add("username", "desk_bot"));
    JsonArray commands = new JsonArray();
    commands.add(Json.object().add("command", "primes").add("description", "Count primes below N"));
    desk.bot.call("setMyCommands", Json.object().add("commands", commands));
  }

  private static void neighbours(WebDesk desk) {
    desk.addUser(1002, "Bob Okafor");
    desk.control(
        "/sim/bots",
        Json.object()
            .add("token", "801:secret")
            .add("first_name", "Library")
            .add("username", "library_bot"));
    desk.addGroup("Release watch", ANN, 1002);
    desk.addGroup("Design & research", ANN, 1002);
    desk.control("/sim/clock", Json.object().add("advance_ms", 60_000));
  }

  private static void chatter(WebDesk desk) {
    String chats = "(await (await fetch('/sim/state')).json()).chats";
    String find = "(async () => %s.find((c) => c.title === '%s').chat)()";
    String team = desk.page.js(find.formatted(chats, "Design & research")).asString();
    String watch = desk.page.js(find.formatted(chats, "Release watch")).asString();
    JsonObject bob = Json.object().add("chat", team).add("from", 1002);
    desk.control("/sim/say", bob.add("text", "Ship it on Friday?"));
    desk.bot.send(Long.parseLong(watch), "<b>valkey 8.1.4</b> is out", html());
    desk.page.sees(".chat .badge", "1");
  }

  private static void conversation(WebDesk desk) {
    desk.page.sees(".chat", "Desk Bot");
    desk.page.js("document.querySelector('[data-chat=\"1001@777\"]').click()");
    desk.page.sees(".blocked", "Start").click(".blocked .button");
    desk.bot.heard("/start");
    desk.bot.send(
        ANN,
        "<b>Hello Ann!</b> Send me a text and I will work on it in the background.\n"
            + "/primes 3000000 counts primes.",
        html());
    desk.page.until("document.querySelector('.compose textarea')");
    JsonObject story = desk.say(STORY);
    JsonObject placeholder = desk.bot.reply(story, "Queued, place 1", cancel());
    desk.bot.edit(placeholder, "Done in 2 s", Json.object());
    desk.bot.reply(
        story,
        "<b>19 words</b>, 6 seconds to read\nMost frequent: <i>a, and, me, little</i>\n"
            + "Digest <code>9f2ac07e51b3</code>",
        html());
    JsonObject primes = desk.say("/primes 30000000");
    JsonObject work = desk.bot.reply(primes, "Queued, place 1", cancel());
    JsonObject second = desk.say("And the first chapter of Emma as well, please 🙏");
    desk.bot.call(
        "setMessageReaction",
        Json.object()
            .add("chat_id", ANN)
            .add("message_id", second.get("message_id"))
            .add(
                "reaction",
                new JsonArray().add(Json.object().add("type", "emoji").add("emoji", "👀"))));
    desk.bot.reply(second, "Queued, place 2 · about 20 s", cancel());
    desk.bot.edit(work, "Counting primes · 64 %\n■■■■■■■■■■■■■□□□□□□□", cancel());
    desk.typing();
    desk.page
        .sees(".message", "64 %")
        .sees(".message", "place 2")
        .sees(".who", "typing")
        .sees(".reaction", "👀");
  }

  private static JsonObject html() {
    return Json.object().add("parse_mode", "HTML");
  }

  private static JsonObject cancel() {
    return keyboard(
        Json.object().add("text", "Cancel").add("callback_data", "c:1").add("style", "danger"));
  }

  private static void taken(WebPage page, String name) throws IOException {
    Path file = page.screenshot(name);
    assertTrue(Files.size(file) > 10_000, file + " is empty");
  }
}
