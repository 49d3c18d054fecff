package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The snippet of docs/queue/groups-and-rates.md.
final class RuleDocTest {
  @Test
  void theSnippetDoesWhatThePageSays() {
    try (var queues = Queues.inMemory(InstantSource.fixed(Instant.EPOCH))) {
      var mail = queues.queue("mail");
      mail.limit(
          QueueLimits.NONE
              .rate(Rate.of(30, Duration.ofSeconds(1)).burst(30))
              .ageing(Duration.ofMinutes(5))
              .eachGroup(GroupLimits.NONE.running(4).waiting(10_000)));
      mail.limit("tenant:7", GroupLimits.NONE.weight(3));
      mail.limit(
          "trial:*",
          GroupLimits.NONE.running(1).waiting(100).rate(Rate.of(20, Duration.ofMinutes(1))));
      mail.limit("api:*", GroupLimits.NONE.rate(Rate.strict(20, Duration.ofMinutes(1))));

      mail.pause("tenant:9", Duration.ofMinutes(10));
      assertEquals(
          Instant.EPOCH.plus(Duration.ofMinutes(10)), mail.closedUntil("tenant:9").orElseThrow());
      mail.resume("tenant:9");
      assertTrue(mail.closedUntil("tenant:9").isEmpty());
      assertEquals(4, mail.limits().eachGroup().running());
    }
  }
}
