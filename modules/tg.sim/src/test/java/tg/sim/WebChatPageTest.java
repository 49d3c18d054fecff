package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.sim.WebDesk.ANN;
import static tg.sim.WebDesk.keyboard;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the web chat's page promises besides talking: it fits, survives, hides nothing and trusts
/// nobody.
@ExtendWith(BrowserTests.class)
@TestInstance(Lifecycle.PER_CLASS)
final class WebChatPageTest {
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
  void nothingTheUserSendsBecomesMarkup() {
    String evil = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";
    desk.started();
    desk.say(evil);
    JsonObject link = Json.object().add("type", "text_link").add("offset", 0).add("length", 4);
    link.add("url", "javascript:window.pwned=1");
    desk.bot.send(ANN, "evil link", Json.object().add("entities", new JsonArray().add(link)));
    JsonObject more = keyboard(evil, "e:1");
    desk.bot.send(ANN, evil, more);
    desk.page.click("[data-callback='e:1']");
    desk.answer(desk.bot.next("callback_query"), evil, true);
    desk.page.sees("dialog[open] p", evil).press("Escape").seesNot("dialog");
    desk.control("/sim/users", Json.object().add("first_name", evil));
    desk.control(
        "/sim/chats",
        Json.object()
            .add("type", "supergroup")
            .add("title", evil)
            .add("users", new JsonArray().add(ANN))
            .add("bots", new JsonArray().add(777)));
    desk.page.sees(".chat .title", evil).click(".me").sees(".menu", evil).press("Escape");
    desk.page.sees(".message.out .text", evil).sees(".message.in .text", evil).sees(".key", evil);
    desk.page.seesNot("img").seesNot("body script").seesNot("a[href^='javascript:']");
    assertTrue(desk.page.js("window.pwned ?? null").isNull());
  }

  @Test
  void anybodyInAGroupCanSpeak() {
    desk.control("/sim/users", Json.object().add("first_name", "Bob").add("id", 1002));
    JsonObject group = Json.object().add("type", "supergroup").add("title", "Team");
    group.add("users", new JsonArray().add(ANN).add(1002)).add("bots", new JsonArray().add(777));
    desk.control("/sim/chats", group);
    desk.control("/sim/privacy", Json.object().add("bot", 777).add("on", false));
    desk.page.sees(".chat .title", "Team");
    desk.page.js(
        "[...document.querySelectorAll('.chat')].find((c) => c.innerText.includes('Team')).click()");
    desk.page.sees(".who", "Team").click("textarea").type("from Ann").press("Enter");
    assertEquals(ANN, from(desk.bot.heard("from Ann")));
    desk.page.click(".speaker").sees(".menu", "Bob").press("ArrowDown").press("Enter");
    desk.page.sees(".me", "Bob").click("textarea").type("from Bob").press("Enter");
    assertEquals(1002, from(desk.bot.heard("from Bob")));
    desk.page.sees(".message.in", "from Ann").sees(".message.out", "from Bob");
  }

  @Test
  void aBlockedBotCanBeUnblocked() {
    desk.started();
    desk.page.click(".chat-menu").sees(".menu", "Block the bot").press("Enter");
    desk.page.sees(".blocked .button", "Unblock the bot").sees(".who", "blocked");
    desk.bot.next("my_chat_member");
    desk.page.click(".blocked .button").seesNot(".blocked");
    desk.say("again");
  }

  @Test
  void aChatThatBeginsElsewhereAppears() {
    desk.page.sees(".blocked", "Start");
    JsonObject first = Json.object().add("bot", WebDesk.BOT).add("from", ANN);
    desk.control("/sim/say", first.add("text", "from the command line"));
    desk.page.sees(".message.out", "from the command line");
    desk.bot.reply(desk.bot.heard("from the command line"), "here too");
    desk.page.sees(".message.in .quote", "from the command line").sees(".message.in", "here too");
  }

  @Test
  void topicsAreKeptApart() {
    JsonObject forum = Json.object().add("type", "supergroup").add("title", "Forum");
    forum.add("forum", true).add("users", new JsonArray().add(ANN));
    desk.control("/sim/chats", forum.add("bots", new JsonArray().add(WebDesk.BOT)));
    desk.control("/sim/privacy", Json.object().add("bot", WebDesk.BOT).add("on", false));
    desk.page.sees(".chat .title", "Forum");
    desk.page.js(
        "[...document.querySelectorAll('.chat')].find((c) => c.innerText.includes('Forum')).click()");
    desk.page.sees(".topics", "General").click(".topics [aria-label='New topic']");
    desk.page.sees("dialog[open]", "New topic").type("News").press("Enter");
    desk.page.sees(".topics [aria-pressed=true]", "News");
    desk.page.click("textarea").type("breaking").press("Enter");
    JsonObject message = desk.bot.heard("breaking");
    long thread = message.getLong("message_thread_id", 0);
    long chat = message.get("chat").asObject().getLong("id", 0);
    desk.bot.send(chat, "read all about it", Json.object().add("message_thread_id", thread));
    desk.bot.send(chat, "in General");
    desk.page.sees(".message.in", "read all about it");
    assertFalse(
        desk.page
            .js("document.querySelector('.messages').innerText.includes('in Gen')")
            .asBoolean());
    desk.page.click(".topics button").sees(".message.in", "in General");
    assertFalse(
        desk.page
            .js("document.querySelector('.messages').innerText.includes('about it')")
            .asBoolean());
  }

  @Test
  void whatIsMissedIsCounted() {
    desk.started();
    desk.control("/sim/users", Json.object().add("first_name", "Bob").add("id", 1002));
    desk.page
        .click(".me")
        .sees(".menu", "Bob")
        .press("ArrowDown")
        .press("Enter")
        .sees(".me", "Bob");
    desk.bot.send(ANN, "one");
    desk.bot.send(ANN, "two");
    desk.page.click(".me").sees(".menu .badge", "2").press("Enter").sees(".me", "Ann");
    desk.page.sees(".message.in", "two").seesNot(".chat .badge");
  }

  @Test
  void aLostConnectionLosesNoMessage() {
    try (Wire wire = new Wire(desk.sim.uri())) {
      desk.started();
      WebPage far = browser.open(wire.uri());
      int sent = 0;
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 5; i++) {
          desk.bot.send(ANN, "message " + sent++);
        }
        wire.cut();
        far.until("!document.getElementById('connection').hidden");
        for (int i = 0; i < 5; i++) {
          desk.bot.send(ANN, "message " + sent++);
        }
        wire.mend();
        far.until("document.getElementById('connection').hidden");
      }
      far.sees(".message", "message " + (sent - 1));
      String shown =
          far.js(
                  "[...document.querySelectorAll('.message.in .text')]"
                      + ".map((e) => e.textContent).join()")
              .asString();
      StringBuilder wanted = new StringBuilder("message 0");
      for (int i = 1; i < sent; i++) {
        wanted.append(",message ").append(i);
      }
      assertEquals(wanted.toString(), shown);
      far.close();
    }
  }

  @Test
  void aResetOfTheWorldEmptiesThePage() {
    desk.started();
    desk.page.sees(".message", "/start");
    desk.control("/sim/reset", Json.object());
    desk.page.seesNot(".message");
  }

  @Test
  void thePageFitsAPhone() {
    desk.started();
    desk.bot.send(
        ANN, "w".repeat(400) + " " + "short ".repeat(40), keyboard("x".repeat(80), "k:1"));
    for (int width : List.of(400, 320)) {
      desk.page.size(width, 700).sees(".message", "wwww");
      assertFits();
      assertFalse(desk.visible(".sidebar"));
      desk.page.click(".back").until("document.querySelector('.sidebar').checkVisibility()");
      assertFalse(desk.visible(".conversation"));
      assertFits();
      desk.page.click(".chat").until("document.querySelector('.conversation').checkVisibility()");
    }
  }

  @Test
  void faultsArePlannedAndCallsAreSeenInTheDrawer() {
    desk.started();
    desk.page.click("[aria-label='Developer tools']").sees(".calls summary", "getMe");
    desk.page.js("document.querySelector('.drawer [name=method]').value = 'sendMessage'");
    desk.page.click(".drawer form .primary").sees(".faults li", "429 · sendMessage");
    JsonObject text = Json.object().add("chat_id", ANN).add("text", "struck");
    assertEquals("Too Many Requests: retry after 5", desk.bot.refused("sendMessage", text));
    desk.page.sees(".calls .bad .code", "429").seesNot(".faults li");
    desk.page.press("Escape").until("document.querySelector('.drawer').hidden");
  }

  @Test
  void everyControlHasANameAndTheKeyboardReachesTheConversation() {
    desk.started();
    desk.bot.send(ANN, "pick", keyboard("One", "1"));
    desk.page.sees(".key", "One").click("[aria-label='Developer tools']");
    String nameless =
        desk.page
            .js(
                "[...document.querySelectorAll('button, input, select, textarea, a')]"
                    + ".filter((e) => e.checkVisibility() && !(e.getAttribute('aria-label')"
                    + " || e.innerText?.trim() || e.labels?.length)).map((e) => e.outerHTML).join()")
            .asString();
    assertEquals("", nameless);
    desk.page.press("Escape").click("textarea");
    desk.page.press("Tab", 8);
    desk.page.until("document.activeElement !== document.body");
  }

  private static long from(JsonObject message) {
    return message.get("from").asObject().getLong("id", 0);
  }

  private void assertFits() {
    String sticking =
        desk.page
            .js(
                "[...document.querySelectorAll('body *')].filter((e) => e.checkVisibility()"
                    + " && !e.closest('.sr-only') && (e.getBoundingClientRect().right > innerWidth + 1"
                    + " || e.getBoundingClientRect().left < -1)).map((e) => e.className).join()")
            .asString();
    assertEquals("", sticking, "sticks out of the phone");
    assertTrue(desk.page.js("document.scrollingElement.scrollWidth <= innerWidth").asBoolean());
  }
}
