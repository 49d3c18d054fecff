package tg.queue.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.queue.Codec;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.TestQueues;

final class JsonCodecTest {
  // begin payloads.md
  record Order(String id, long cents, List<String> items, Optional<String> note) {}

  static final Codec<Order> ORDER =
      JsonCodec.of(
          order ->
              Json.object()
                  .add("id", order.id())
                  .add("cents", order.cents())
                  .add("items", JsonFields.array(order.items(), Json::value))
                  .add("note", order.note().orElse(null)),
          fields ->
              new Order(
                  fields.text("id"),
                  fields.whole("cents"),
                  fields.list("items", JsonFields::text),
                  fields.optional("note", JsonFields::text)));

  // end payloads.md

  private static final Order TEA =
      new Order("7", Long.MAX_VALUE, List.of("tea", "\"ü\"\n"), Optional.empty());

  /// All kinds of fields.
  private record Everything(
      double ratio, boolean open, Instant at, Thread.State state, List<Order> orders) {}

  private static final Codec<Everything> EVERYTHING =
      JsonCodec.of(
          all ->
              Json.object()
                  .add("ratio", all.ratio)
                  .add("open", all.open)
                  .add("at", all.at.toString())
                  .add("state", all.state.name())
                  .add(
                      "orders",
                      JsonFields.array(
                          all.orders, order -> Json.parse(ORDER.encode(order).text()))),
          fields ->
              new Everything(
                  fields.number("ratio"),
                  fields.flag("open"),
                  fields.instant("at"),
                  fields.choice("state", Thread.State.class),
                  fields.list(
                      "orders",
                      (part, at) ->
                          part.object(
                              at,
                              order ->
                                  new Order(
                                      order.text("id"),
                                      order.whole("cents"),
                                      order.list("items", JsonFields::text),
                                      order.optional("note", JsonFields::text))))));

  @Test
  void aRecordComesBackAsItWas() {
    var noted = new Order("8", -1, List.of(), Optional.of("soon"));
    var everything =
        new Everything(
            0.5, true, Instant.parse("2026-11-24T20:00:00.123Z"), Thread.State.NEW, List.of(TEA));

    assertEquals(TEA, ORDER.decode(ORDER.encode(TEA)));
    assertEquals(noted, ORDER.decode(ORDER.encode(noted)));
    assertEquals(everything, EVERYTHING.decode(EVERYTHING.encode(everything)));
  }

  @Test
  void aJobCarriesItAsJson() {
    try (var test = TestQueues.create()) {
      test.queues().enqueue(NewJob.of("orders", "ship", ORDER.encode(TEA)));
      test.assertEnqueued(
          "orders", job -> job.payload().contentType().equals(Optional.of("application/json")));
      test.runAllDue(
          "orders",
          job -> {
            assertEquals(TEA, ORDER.decode(job.payload()));
            return Outcome.done();
          });
      test.assertNothingOpen("orders");
    }
  }

  @Test
  void fieldsThatNobodyAsksForAreIgnored() {
    var text = "{\"new\":[{}],\"id\":\"7\",\"cents\":1,\"items\":[],\"note\":null}";

    assertEquals(new Order("7", 1, List.of(), Optional.empty()), ORDER.decode(Payload.of(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | the payload is not JSON",
        "[] | the payload is JSON, but not an object",
        "{} | id is missing; it must be a string",
        "{\"id\":null} | id is missing",
        "{\"id\":7} | id must be a string",
        "{\"id\":\"7\",\"cents\":1.5} | cents must be a whole number",
        "{\"id\":\"7\",\"cents\":99999999999999999999} | cents must be a whole number of 64 bits",
        "{\"id\":\"7\",\"cents\":1,\"items\":[\"a\",2]} | items[1] must be a string",
        "{\"id\":\"7\",\"cents\":1,\"items\":[],\"note\":1} | note must be a string",
      })
  void whatDoesNotFitIsSaidWithItsPlace(String text, String expected) {
    var failure =
        assertThrows(IllegalArgumentException.class, () -> ORDER.decode(Payload.of(text)));

    assertTrue(String.valueOf(failure.getMessage()).startsWith(expected), failure.getMessage());
  }

  @Test
  void thePlaceOfAFieldWithinOthersIsSaidInFull() {
    var text =
        """
        {"ratio": 1, "open": true, "at": "2026-11-24T20:00:00Z", "state": "NEW",
         "orders": [{"id": "7", "cents": 1, "items": [true]}]}\
        """;
    var failure =
        assertThrows(IllegalArgumentException.class, () -> EVERYTHING.decode(Payload.of(text)));

    assertEquals("orders[0].items[0] must be a string", failure.getMessage());
  }

  @Test
  void whatIsNotJsonByItsOwnWordIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ORDER.decode(Payload.of("{}").as("text/plain")));
  }

  @Test
  void theSnippetIsInItsPage() throws IOException {
    var source = Files.readString(Path.of("src/test/java/tg/queue/json/JsonCodecTest.java"), UTF_8);
    var snippet = Pattern.compile("(?ms)^ *// begin payloads.md$\n(.*?)^ *// end").matcher(source);
    assertTrue(snippet.find());
    var expected = "```java\n" + snippet.group(1).stripTrailing().stripIndent() + "\n```";

    assertTrue(
        Files.readString(Path.of("../../docs/queue/payloads.md"), UTF_8).contains(expected),
        "the page must have:\n" + expected);
  }
}
