package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A worker that serves its queues by weights.
final class WeightContractTest extends Contract {
  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void queuesGetTheirSharesOfTheStarts() {
    fill("a", 300);
    fill("b", 300);
    var runs = new Runs();
    start(queues.worker("b", "a").weight("a", 3).concurrency(1), runs);

    assertEquals(150, count("a", runs.await(200).subList(0, 200)), 1);
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void claimsOfManyJobsKeepTheSharesToo() {
    fill("a", 400);
    fill("b", 400);
    var runs = new Runs();
    start(queues.worker("a", "b").weight("a", 3).weight("b", 1).concurrency(10), runs);

    assertEquals(300, count("a", runs.await(400).subList(0, 400)), 20);
  }

  @Test
  void aQueueWithoutJobsLeavesItsShareToTheOthersAndSavesNothingUp() {
    fill("a", 100);
    var runs = new Runs();
    start(queues.worker("a", "b").weight("b", 5).concurrency(1), runs);
    assertEquals(100, runs.await(100).size());

    var order = new ServingOrder(List.of("a", "b"), Map.of("a", 1, "b", 1));
    for (int i = 0; i < 100; i++) {
      order.next();
      order.claimed(jobs("a", 1), 1);
    }
    var taken = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      var first = order.next().getFirst();
      taken.add(first);
      order.claimed(jobs(first, 1), 1);
    }
    assertEquals(5, count("a", taken), 1, taken.toString());
  }

  @Test
  void withoutWeightsTheOrderIsStrict() {
    var order = new ServingOrder(List.of("a", "b"), Map.of());
    order.claimed(jobs("a", 5), 5);

    assertEquals(List.of("a", "b"), order.next());
  }

  @Test
  void onlyTheWorkersQueuesHaveWeights() {
    assertThrows(IllegalArgumentException.class, () -> queues.worker("a").weight("b", 2));
    assertThrows(IllegalArgumentException.class, () -> queues.worker("a").weight("a", 0));
  }

  private void fill(String queue, int count) {
    queues.enqueueAll(
        IntStream.range(0, count).mapToObj(i -> NewJob.of(queue, "t", Payload.of(queue))).toList());
  }

  private List<Job> jobs(String queue, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> NewJob.of(queue, "t", Payload.of(queue)))
        .map(job -> new MemoryJob(queues.tickets(List.of(job)).getFirst(), Instant.EPOCH, 0).job())
        .toList();
  }

  private static double count(String queue, List<String> texts) {
    return (double) texts.stream().filter(queue::equals).count();
  }
}
