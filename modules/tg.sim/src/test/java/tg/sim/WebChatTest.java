package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.sim.WebDesk.ANN;
import static tg.sim.WebDesk.keyboard;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Conversations in the web chat: a real browser, and a bot that speaks the Bot API.
@ExtendWith(BrowserTests.class)
@TestInstance(Lifecycle.PER_CLASS)
final class WebChatTest {
  private Chromium browser;
  private WebDesk desk;

  @BeforeAll
  void startBrowser() {
    browser = new Chromium(Chromium.find().orElseThrow());
  }

  @BeforeEach
  void open() {
    desk = new WebDesk(browser);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @AfterAll
  void stopBrowser() {
    browser.close();
  }

  @Test
  void aBotThatAppearsCanBeStarted() {
    desk.page.sees(".chat", "Bot 777").click(".blocked .button");
    assertEquals("/start", desk.bot.next("message").getString("text", ""));
    desk.page.sees(".message.out", "/start").until("document.querySelector('.compose textarea')");
  }

  @Test
  void aMessageTypedByThePersonReachesTheBot() {
    desk.started();
    desk.page.click("textarea").type("first line").press("Enter", 8).type("second").press("Enter");
    JsonObject message = desk.bot.next("message");
    assertEquals("first line\nsecond", message.getString("text", ""));
    assertEquals(ANN, message.get("from").asObject().getLong("id", 0));
    desk.page
        .sees(".message.out", "first line")
        .until("document.querySelector('textarea').value === ''");
  }

  @Test
  void aMessageIsTickedTwiceWhenTheBotHasConfirmedIt() {
    desk.started();
    desk.say("seen?");
    desk.page.until(
        "[...document.querySelectorAll('.message.out .ticks')].length === 2"
            + " && [...document.querySelectorAll('.message.out .ticks')]"
            + ".every((t) => t.getAttribute('aria-label').includes('read'))");
  }

  @Test
  void anAnswerIsShownAsAReplyToTheMessageThatAsked() {
    desk.started();
    JsonObject question = desk.say("what is the answer?");
    for (int i = 0; i < 30; i++) {
      desk.bot.send(ANN, "noise " + i);
    }
    desk.bot.reply(question, "42");
    desk.page.sees(".message.in .quote", "what is the answer?").sees(".message.in", "42");
    String asked = "[data-message-id=\"%d\"]".formatted(question.getInt("message_id", 0));
    assertFalse(desk.visible(asked), "the question has scrolled away");
    desk.page.click(".quote").until("document.querySelector('%s.flash')".formatted(asked));
    desk.page.until(
        "(() => { const b = document.querySelector('%s').getBoundingClientRect();".formatted(asked)
            + " return b.top > 0 && b.bottom < innerHeight; })()");
  }

  @Test
  void aReplyOfThePersonNamesItsTarget() {
    desk.started();
    JsonObject offer = desk.bot.send(ANN, "tea or coffee?");
    desk.page.sees(".message.in", "tea or coffee?");
    desk.page.js("document.querySelector('.message.in').focus()");
    desk.page.press("Enter").sees(".menu", "Reply").click(".menu [role=menuitem]");
    desk.page.sees(".about", "tea or coffee?").type("tea").press("Enter");
    JsonObject target = desk.bot.next("message").get("reply_to_message").asObject();
    assertEquals(offer.get("message_id"), target.get("message_id"));
    desk.page.sees(".message.out .quote", "tea or coffee?").seesNot(".about:not([hidden])");
  }

  @Test
  void pressingAButtonShowsTheBotsAnswer() {
    desk.started();
    desk.bot.send(ANN, "working", keyboard("Cancel", "c:1"));
    desk.page
        .click("[data-callback='c:1']")
        .until("document.querySelector('.key[aria-busy=true]')");
    JsonObject pressed = desk.bot.next("callback_query");
    assertEquals("c:1", pressed.getString("data", ""));
    desk.answer(pressed, "Canceling …", false);
    desk.page.sees(".toast", "Canceling …").seesNot(".key[aria-busy=true]");
    desk.page.click("[data-callback='c:1']");
    desk.answer(desk.bot.next("callback_query"), "Already canceled", true);
    desk.page.sees("dialog[open]", "Already canceled").press("Escape").seesNot("dialog");
  }

  @Test
  void anEditAppearsLive() {
    desk.started();
    JsonObject progress = desk.bot.send(ANN, "10 %", keyboard("Cancel", "c:1"));
    desk.page.sees(".message.in .text", "10 %");
    desk.page.js("window.key = document.querySelector('[data-callback]')");
    desk.bot.edit(progress, "60 %", keyboard("Cancel", "c:1"));
    desk.page.sees(".message.in .text", "60 %").sees(".message.in .edited", "edited");
    desk.page.until("document.querySelector('[data-callback]') === window.key");
    desk.page.sees(".chat .preview", "60 %");
    desk.bot.edit(progress, "done", Json.object());
    desk.page.sees(".message.in .text", "done").seesNot(".keys .key");
    desk.page.until("document.querySelectorAll('.message.in').length === 1");
  }

  @Test
  void aDeletedMessageGoesAndARepliesQuoteSaysSo() {
    desk.started();
    JsonObject question = desk.say("forget this");
    JsonObject answer = desk.bot.reply(question, "noted");
    desk.page.sees(".quote", "forget this");
    desk.page.js("document.querySelectorAll('.message.out')[1].focus()");
    desk.page.press("Enter").sees(".menu", "Delete");
    desk.page.js(
        "[...document.querySelectorAll('.menu button')].find((b) => b.innerText === 'Delete').click()");
    desk.page
        .sees(".quote", "Deleted message")
        .until("document.querySelectorAll('.message.out').length === 1");
    desk.bot.call(
        "deleteMessage",
        Json.object().add("chat_id", ANN).add("message_id", answer.get("message_id")));
    desk.page.seesNot(".message.in").sees(".chat .preview", "/start");
  }

  @Test
  void thePersonCanEditTheirLastMessage() {
    desk.started();
    desk.say("helo");
    desk.page.press("ArrowUp").sees(".about", "Edit message");
    desk.page.js("document.querySelector('textarea').select()");
    desk.page.type("hello").press("Enter");
    assertEquals("hello", desk.bot.next("edited_message").getString("text", ""));
    desk.page.sees(".message.out .text", "hello").sees(".message.out .edited", "edited");
  }

  @Test
  void typingIsShownAndEnds() {
    desk.started();
    desk.typing();
    desk.page.sees(".who .typing", "typing…").sees(".chat .typing", "typing…");
    desk.bot.send(ANN, "here I am");
    desk.page.seesNot(".typing");
    desk.typing();
    desk.page.sees(".who .typing", "typing…").seesNot(".typing");
  }

  @Test
  void aDraftIsShownUntilTheMessageComes() {
    desk.started();
    JsonObject draft = Json.object().add("chat_id", ANN).add("draft_id", 1);
    desk.bot.call("sendMessageDraft", draft.add("text", "step 3 of 7"));
    desk.page.sees(".draft", "step 3 of 7");
    desk.bot.send(ANN, "all seven done");
    desk.page.sees(".message.in", "all seven done").seesNot(".draft");
  }

  @Test
  void entitiesAreRenderedAndCommandsCanBeClicked() {
    desk.started();
    String html =
        "<b>bold <i>both</i></b> <code>x &lt; y</code> <a href=\"https://example.org/a\">link</a>"
            + " <tg-spoiler>secret</tg-spoiler> <pre>a\n  b</pre> /help";
    desk.bot.send(ANN, html, Json.object().add("parse_mode", "HTML"));
    desk.page.sees(".message.in b i", "both").sees(".message.in code", "x < y");
    desk.page.sees(".message.in pre", "a\n  b").sees(".message.in .spoiler", "secret");
    assertEquals(
        "https://example.org/a",
        desk.page.js("document.querySelector('.message.in a').href").asString());
    desk.page.click(".message.in .command");
    assertEquals("/help", desk.bot.next("message").getString("text", ""));
  }

  @Test
  void theCommandMenuOffersWhatTheBotHasSet() {
    JsonArray commands = new JsonArray();
    commands.add(Json.object().add("command", "help").add("description", "What I can do"));
    commands.add(Json.object().add("command", "primes").add("description", "Count primes"));
    desk.bot.call("setMyCommands", Json.object().add("commands", commands));
    desk.started();
    desk.page.click("textarea").type("/").sees(".commands", "What I can do");
    desk.page.press("ArrowDown").press("Enter");
    assertEquals("/primes", desk.bot.next("message").getString("text", ""));
    desk.page.until("document.querySelector('.commands').hidden");
  }

  @Test
  void aFileGoesToTheBotAndOneComesBack(@TempDir Path folder) throws IOException {
    desk.started();
    Path file = Files.writeString(folder.resolve("notes.txt"), "three small words");
    desk.page.choose("input[type=file]", file).sees(".about", "notes.txt");
    desk.page.type("my notes").press("Enter");
    JsonObject message = desk.bot.next("message");
    assertEquals("my notes", message.getString("caption", ""));
    JsonObject document = message.get("document").asObject();
    assertEquals("notes.txt", document.getString("file_name", ""));
    desk.bot.call(
        "sendDocument", Json.object().add("chat_id", ANN).add("document", document.get("file_id")));
    desk.page.sees(".message.in .file", "notes.txt");
    String fetched =
        desk.page
            .js("fetch(document.querySelector('.message.in .file').href).then((r) => r.text())")
            .asString();
    assertEquals("three small words", fetched);
  }

  @Test
  void aPictureIsShown(@TempDir Path folder) throws IOException {
    desk.started();
    Path file = folder.resolve("dot.png");
    Files.copy(desk.page.screenshot("for-upload"), file);
    desk.page.choose("input[type=file]", file).sees(".about", "dot.png").press("Enter");
    assertTrue(desk.bot.next("message").get("photo").asArray().size() > 0);
    desk.page.until("document.querySelector('.message.out .photo img')?.naturalWidth > 0");
    desk.page
        .click(".photo")
        .until("document.querySelector('dialog.viewer[open] img')")
        .press("Escape");
  }
}
