package tg.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.queue.Rate;

class SettingsTest {
  private static final String TOKEN = "123456:AAE-secret_part_of_it";

  @Test
  void aTokenIsEnoughAndTheRestHasDefaults() {
    var settings = Settings.read(Map.of("TG_TOKEN", TOKEN, "HOME", "/root"));
    assertEquals(123456, settings.telegram().token().botId());
    assertEquals("https", settings.telegram().api().getScheme());
    assertEquals(URI.create("valkey://127.0.0.1:6379"), settings.store().server());
    assertEquals("tg", settings.store().namespace());
    assertEquals(16, settings.work().concurrency());
    assertEquals(1, settings.work().perUser());
    assertEquals(Duration.ofSeconds(8), settings.drain());
  }

  @Test
  void aWebhookIsHttpsOrOnThisMachine() {
    assertEquals(Optional.empty(), Settings.read(Map.of("TG_TOKEN", TOKEN)).telegram().webhook());
    for (var url : List.of("https://bot.example/hook", "http://127.0.0.1:8080/hook")) {
      var webhook =
          Settings.read(Map.of("TG_TOKEN", TOKEN, "TG_WEBHOOK_URL", url)).telegram().webhook();
      var expected = new Settings.Webhook(URI.create(url), "127.0.0.1", 8080, 40);
      assertEquals(Optional.of(expected), webhook);
    }
    for (var url :
        List.of(
            "http://bot.example/hook",
            "bot.example",
            "https://a:b@bot.example",
            "https://bot.example/?a=b")) {
      var message = problems(Map.of("TG_TOKEN", TOKEN, "TG_WEBHOOK_URL", url));
      assertTrue(message.contains("an https:// address that Telegram can reach"), message);
      assertFalse(message.contains("a:b"), message);
    }
  }

  @Test
  void theRatesAreTelegramsUnlessTheyAreSet() {
    var own = Settings.read(Map.of("TG_TOKEN", TOKEN)).rates();
    assertEquals(Optional.of(Rate.strict(30, Duration.ofSeconds(1))), own.all());
    assertEquals(Optional.of(Rate.strict(3, Duration.ofSeconds(3))), own.person());
    assertEquals(Optional.of(Rate.strict(20, Duration.ofMinutes(1))), own.group());
    var set = Map.of("TG_TOKEN", TOKEN, "TG_RATE_ALL", "off", "TG_RATE_GROUP", "5/2");
    assertEquals(Optional.empty(), Settings.read(set).rates().all());
    var group = Optional.of(Rate.strict(5, Duration.ofSeconds(2)));
    assertEquals(group, Settings.read(set).rates().group());
    var message = problems(Map.of("TG_TOKEN", TOKEN, "TG_RATE_CHAT", "30", "TG_RATE_ALL", "0/1"));
    assertTrue(message.contains("TG_RATE_CHAT=30 is not allowed: it must be a count"), message);
    assertTrue(message.contains("TG_RATE_ALL=0/1 is not allowed"), message);
  }

  @Test
  void whoMayAskAndHowItAnswersCanBeSet() {
    var talk =
        Settings.read(
                Map.of(
                    "TG_TOKEN", TOKEN,
                    "TG_ALLOW", "1001, -1002003004",
                    "TG_ADMINS", "7",
                    "TG_DELIVERY", "edit",
                    "TG_PLACEHOLDER", "delete",
                    "TG_PLACEHOLDER_AFTER", "0",
                    "TG_EDITS", "ignore"))
            .talk();
    assertTrue(talk.allows(1001, 5) && talk.allows(5, -1002003004) && talk.allows(7, 5));
    assertFalse(talk.allows(5, 5));
    assertEquals(Settings.Delivery.EDIT, talk.delivery());
    assertEquals(Settings.Placeholder.DELETE, talk.placeholder());
    assertEquals(Duration.ZERO, talk.placeholderAfter());
    assertEquals(Settings.Edits.IGNORE, talk.edits());
    assertTrue(Settings.read(Map.of("TG_TOKEN", TOKEN)).talk().allows(5, 5));
    var quotas = Settings.read(Map.of("TG_TOKEN", TOKEN)).talk().quotas();
    assertEquals(new Settings.Quotas(20, 0, 10_000), quotas);
    var message = problems(Map.of("TG_TOKEN", TOKEN, "TG_ALLOW", "@ann", "TG_DELIVERY", "pigeon"));
    assertTrue(message.contains("TG_ALLOW=@ann is not allowed: it must be ids"), message);
    assertTrue(message.contains("TG_DELIVERY=pigeon is not allowed: it must be new or edit"));
  }

  @Test
  void theTokenCanComeFromAFile(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    var settings = Settings.read(Map.of("TG_TOKEN_FILE", file.toString()));
    assertEquals(123456, settings.telegram().token().botId());
  }

  @Test
  void aMissingTokenSaysWhichVariableToSet() {
    assertTrue(problems(Map.of()).contains("TG_TOKEN or TG_TOKEN_FILE must be set"));
  }

  @Test
  void allProblemsAreToldAtOnceWithNameValueAndWhatIsAllowed() {
    var message =
        problems(
            Map.of(
                "TG_TOKEN", TOKEN,
                "TG_CONCURRENCY", "many",
                "TG_PER_USER", "0",
                "TG_VALKEY", "http://x",
                "TG_LOG", "xml",
                "TG_CONCURENCY", "3"));
    assertTrue(message.contains("TG_CONCURRENCY=many is not allowed: it must be a whole number"));
    assertTrue(message.contains("TG_PER_USER=0 is not allowed"));
    assertTrue(message.contains("TG_VALKEY=http://x is not allowed"));
    assertTrue(message.contains("TG_LOG=xml is not allowed: it must be text or json"));
    assertTrue(message.contains("TG_CONCURENCY is not a setting of tg"));
  }

  @Test
  void noMessageShowsTheTokenOrAPassword() {
    var bad = new HashMap<String, String>();
    bad.put("TG_TOKEN", "AAE-secret_part_of_it");
    bad.put("TG_VALKEY", "ftp://user:hunter2@host");
    var message = problems(bad);
    assertFalse(message.contains("secret"), message);
    assertFalse(message.contains("hunter2"), message);
    var good = Settings.read(Map.of("TG_TOKEN", TOKEN, "TG_VALKEY", "valkey://u:hunter2@h"));
    assertFalse(good.toString().contains("secret"), good.toString());
    assertFalse(good.toString().contains("hunter2"), good.toString());
  }

  @Test
  void theTokenGivenTwiceIsRefused() {
    assertTrue(problems(Map.of("TG_TOKEN", TOKEN, "TG_TOKEN_FILE", "/x")).contains("are both set"));
  }

  private static String problems(Map<String, String> variables) {
    var refusal = assertThrows(InvalidSettings.class, () -> Settings.read(variables));
    return String.valueOf(refusal.getMessage());
  }
}
