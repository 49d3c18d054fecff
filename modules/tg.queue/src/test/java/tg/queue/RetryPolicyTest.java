package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  private final Exception failure = new IllegalStateException("x");

  @Test
  void neverMeansNever() {
    assertEquals(Optional.empty(), RetryPolicy.never().delayAfter(1, failure));
  }

  @Test
  void theExponentialDelayIsRandomBelowALimitThatDoublesUpToTheCap() {
    var policy = RetryPolicy.exponential(100, Duration.ofSeconds(1), Duration.ofSeconds(10));
    for (int failures = 1; failures < 100; failures++) {
      var limit = Duration.ofSeconds(Math.min(10, 1L << Math.min(failures - 1, 10)));
      var longest = Duration.ZERO;
      var shortest = Duration.ofDays(1);
      for (int i = 0; i < 200; i++) {
        var delay = policy.delayAfter(failures, failure).orElseThrow();
        assertTrue(!delay.isNegative() && delay.compareTo(limit) <= 0, failures + ": " + delay);
        longest = delay.compareTo(longest) > 0 ? delay : longest;
        shortest = delay.compareTo(shortest) < 0 ? delay : shortest;
      }
      assertTrue(longest.compareTo(limit.dividedBy(2)) > 0, failures + ": longest " + longest);
      assertTrue(shortest.compareTo(limit.dividedBy(2)) < 0, failures + ": shortest " + shortest);
    }
  }

  @Test
  void theLastAttemptIsNotRetried() {
    var policy = RetryPolicy.exponential(3, Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertTrue(policy.delayAfter(2, failure).isPresent());
    assertEquals(Optional.empty(), policy.delayAfter(3, failure));
    assertEquals(Optional.empty(), policy.delayAfter(4, failure));
  }

  @Test
  void senselessSettingsAreRefused() {
    var second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> RetryPolicy.exponential(0, second, second));
    assertThrows(
        IllegalArgumentException.class, () -> RetryPolicy.exponential(1, Duration.ZERO, second));
    assertThrows(
        IllegalArgumentException.class,
        () -> RetryPolicy.exponential(1, second, Duration.ofMillis(999)));
  }
}
