package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Where jobs go. The hash is part of how they are stored: these numbers never change.
final class RoutesTest {
  private final Routes four = new Routes("n", 4);

  @Test
  void theHashIsThatOfRedisCluster() {
    // The check value of CRC16/XMODEM, as in the specification of Redis Cluster.
    assertEquals(0x31C3, Routes.hash("123456789"));
  }

  @Test
  void namesWithTheSameTagAreInOnePartition() {
    for (int i = 0; i < 100; i++) {
      assertEquals(four.of("c" + i), four.of("{c" + i + "}.u" + i));
      assertEquals(four.of("c" + i), four.of("update{c" + i + "}" + i));
    }
    assertEquals(four.of("{}a"), new Routes("n", 4).of("{}a"));
  }

  @Test
  void namesAreSpreadEvenly() {
    var perPartition = new int[4];
    IntStream.range(0, 4_000).forEach(i -> perPartition[four.of("group-" + i)]++);
    for (int count : perPartition) {
      assertTrue(count > 850 && count < 1_150, "of 4,000 names one partition has " + count);
    }
  }

  @Test
  void aGeneratedIdLeadsToItsGroup() {
    var ids = new Ulid(InstantSource.system(), RandomGenerator.getDefault());
    for (int i = 0; i < 100; i++) {
      var job = NewJob.of("q", "t", Payload.empty()).group("g" + i);
      assertEquals(four.of("g" + i), four.of(four.id(ids, job).value()));
    }
  }

  @Test
  void aNamespaceOfOnePartitionHasTheKeysItAlwaysHad() {
    assertEquals("n", new Routes("n", 1).name(0));
    assertEquals("n/3", four.name(3));
  }
}
