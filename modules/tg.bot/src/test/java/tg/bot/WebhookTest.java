package tg.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.api.BotToken;
import tg.api.Call;
import tg.api.Telegram;
import tg.process.Settings;
import tg.queue.Queues;
import tg.sim.Sim;

class WebhookTest {
  private final Sim sim = Sim.start();
  private final Queues queues = Queues.inMemory(InstantSource.system());
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of("777:secret"));

  @AfterEach
  void end() {
    telegram.close();
    queues.close();
    sim.close();
  }

  private Webhook start(String url) throws IOException {
    var settings =
        Settings.read(
            Map.of(
                "TG_TOKEN",
                "777:secret",
                "TG_WEBHOOK_URL",
                url,
                "TG_WEBHOOK_PORT",
                Integer.toString(freePort())));
    var desk = Desk.of(queues, telegram, new Identity(777, "desk_bot"), settings.talk());
    return Webhook.start(
        queues, telegram, desk.admission(), settings.telegram(), Duration.ofMillis(50));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("not within 30 s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private String url() {
    return telegram.call(new Call.WebhookInfo()).url();
  }

  @Test
  void aWebhookThatSomebodyTakesAwayIsSetAgain() throws Exception {
    var url = "http://127.0.0.1:9/hook";
    try (var webhook = start(url)) {
      await("a webhook", () -> url().equals(url));
      telegram.call(new Call.DeleteWebhook());
      await("the webhook again", () -> url().equals(url));
      assertTrue(webhook.fault().isEmpty());
    }
    assertEquals(url, url(), "what comes after the stop waits with Telegram");
  }

  @Test
  void anAddressThatTelegramDoesNotTakeIsAnObstacle() throws Exception {
    try (var webhook = start("https://bot.example:9999/hook")) {
      await("an obstacle", () -> webhook.obstacle().orElse("").contains("only on ports 80, 88"));
      assertTrue(webhook.fault().isEmpty(), "a restart would not help");
    }
  }

  @Test
  void anUpdateThatCouldNotBeBroughtIsAnObstacleForAWhile() throws Exception {
    var url = "http://127.0.0.1:9/hook";
    try (var webhook = start(url)) {
      await("a webhook", () -> url().equals(url));
      sim.say(sim.privateChat(777, 1001), "nobody listens at port 9");
      await(
          "an obstacle",
          () -> webhook.obstacle().orElse("").startsWith("Telegram could not bring an update"));
    }
    var since = Instant.ofEpochSecond(1000);
    var status = new Call.WebhookStatus(url, 1, "no answer", since.plusSeconds(1));
    assertEquals("", Webhook.trouble(status, since, since.plusSeconds(200)));
    assertEquals("", Webhook.trouble(status, since.plusSeconds(2), since.plusSeconds(3)));
  }

  @Test
  void theSecretIsTheSameForAllProcessesOfABotAndTellsNothingOfTheToken() {
    var secret = BotToken.of("777:secret").derived("webhook");
    assertEquals(secret, BotToken.of("777:secret").derived("webhook"));
    assertTrue(secret.matches("[0-9a-f]{64}"), secret);
    var setting =
        new Call.SetWebhook(java.net.URI.create("https://bot.example"), secret, 40).toString();
    assertTrue(!setting.contains(secret), setting);
  }
}
