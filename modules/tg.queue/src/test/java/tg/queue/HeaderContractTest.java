package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What travels beside a payload.
final class HeaderContractTest extends Contract {
  private static final Map<String, String> ODD =
      Map.of("empty", "", "odd", "a/b&c=d %25 \n\t é 日本 \ud83d\ude00", "Name.of:it-1_", "==");

  @Test
  void headersArriveAsTheyWereSetInTheirOrder() {
    queues.enqueue(job("a").header("z", "1").header("a", "2").header("m", "3").header("z", "4"));
    var job = hand().claimOne();

    assertEquals(List.of("z=4", "a=2", "m=3"), words(job));
    assertEquals("a", job.payload().text());
  }

  @Test
  void anyTextIsAValue() {
    var job = job("a/b/c");
    for (var header : ODD.entrySet()) {
      job = job.header(header.getKey(), header.getValue());
    }
    var id = queues.enqueue(job);

    assertEquals(ODD, info(id).job().headers());
    assertEquals("a/b/c", hand().claimOne().payload().text());
  }

  @Test
  void aJobWithoutHeadersHasNone() {
    queues.enqueue(job("a"));
    assertEquals(Map.of(), hand().claimOne().headers());
  }

  @Test
  void headersAreInEveryRegistryAndInEveryAttempt() {
    var options = job("a").header("h", "1").keep(Duration.ofHours(1)).group("g").replacing("k");
    var id = queues.enqueue(options.delay(Duration.ofMillis(1)));
    assertEquals(Map.of("h", "1"), info(id).job().headers());
    var hand = hand();
    Waiting.until("it is due", () -> !hand.claim(1).isEmpty());
    var running = info(id).job();
    assertEquals(Map.of("h", "1"), running.headers());
    hand.settle(running, Outcome.retry(Duration.ZERO, "x"));
    var again = hand.claimOne();
    assertEquals(Map.of("h", "1"), again.headers());
    hand.settle(again, Outcome.done());
    assertEquals(Map.of("h", "1"), info(id).job().headers());
    assertTrue(q().requeue(id));
    var last = hand.claimOne();
    assertEquals(Map.of("h", "1"), last.headers());
    assertEquals("a", last.payload().text());
    assertEquals("g", last.group().orElseThrow());
  }

  @Test
  void aJobThatReplacesAnotherBringsItsHeaders() {
    var hand = hand();
    queues.enqueue(job("a").replacing("k").header("h", "1").group("g"));
    queues.enqueue(job("b").replacing("k"));
    var plain = hand.claimOne();
    assertEquals(Map.of(), plain.headers());
    assertEquals("b", plain.payload().text());

    queues.enqueue(job("c").replacing("k"));
    queues.enqueue(job("d").replacing("k").header("h", "2").keep(Duration.ofHours(2)));
    var headed = hand.claimOne();
    assertEquals(Map.of("h", "2"), headed.headers());
    assertEquals("d", headed.payload().text());
    queues.enqueue(job("e").replacing("k"));
    assertEquals("e", hand.claimOne().payload().text());
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void followUpsHaveHeaders() {
    queues.enqueue(job("a"));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.done().then(job("b").header("h", "1")));
    assertEquals(Map.of("h", "1"), hand.claimOne().headers());
  }

  @Test
  void tooManyHeadersAreRefusedWhenTheyAreSet() {
    var full = job("a").header("h", "x".repeat(8_190));
    var failure = assertThrows(IllegalArgumentException.class, () -> full.header("i", ""));
    assertEquals("the headers of a job have 8195 bytes; they may have 8192", failure.getMessage());
    assertThrows(IllegalArgumentException.class, () -> job("a").header("a name", ""));
  }

  @Test
  void anOptionThatAReaderDoesNotKnowIsCarriedAlong() {
    var id = queues.enqueue(job("a").option("future", "x/y"));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.retry(Duration.ZERO, "x"));
    var again = hand.claimOne();
    assertEquals("{future=x/y}", again.body().terms().toString());
    assertEquals("a", again.payload().text());
    hand.settle(again, Outcome.done());
    assertEquals("{future=x/y}", info(id).job().body().terms().toString());
  }

  @Test
  void anOptionThatMustBeUnderstoodIsLeftToANewerWorker() {
    var id = queues.enqueue(job("a").option("Future", "1").group("g"));
    queues.enqueue(job("b"));
    var runs = new Runs();
    startOne(runs);
    awaitEnded(1);
    Waiting.until("it was put back", () -> !info(id).lastFailure().isEmpty());

    assertEquals(List.of("b"), runs.texts());
    assertInstanceOf(JobState.Waiting.class, info(id).state());
    assertTrue(info(id).lastFailure().contains("Future"), info(id).lastFailure());
    assertEquals(0, info(id).job().tries().failures());
  }

  private static List<String> words(Job job) {
    return job.headers().entrySet().stream().map(Object::toString).toList();
  }
}
