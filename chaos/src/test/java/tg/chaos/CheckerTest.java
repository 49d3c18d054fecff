package tg.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A right history passes, and each way to break it is seen for what it is. Times are seconds.
final class CheckerTest {
  private static final Setting SETTING = new Setting(1, 2, 4, 1, 2, Duration.ofSeconds(3), false);
  private static final Setting FAILOVER = new Setting(1, 2, 4, 1, 2, Duration.ofSeconds(3), true);

  /// One job, `u`, with a follow-up: its first worker is killed, its second one ends it.
  private static final List<Entry> RIGHT =
      List.of(
          new Entry.Asked(at(1), "producer-1", "u", "FOLLOWED", "g"),
          new Entry.Answered(at(2), "producer-1", "u", "accepted", "i"),
          new Entry.Started(at(3), "worker-1", "u", "i", 1, 0, "g"),
          new Entry.Struck(at(4), "kill", "worker-1"),
          new Entry.Healed(at(5), "kill", "worker-1"),
          new Entry.Started(at(8), "worker-2", "u", "i", 2, 0, "g"),
          new Entry.Sampled(at(9), "g", 2),
          new Entry.Ended(at(10), "worker-2", "u", 2),
          new Entry.Started(at(11), "worker-2", "effect/u/2/done", "e", 1, 0, ""),
          new Entry.Ended(at(12), "worker-2", "effect/u/2/done", 1),
          new Entry.Settled(at(20), "u", "i", "finished", 2, 0, 1),
          new Entry.Settled(at(20), "effect/u/2/done", "e", "finished", 1, 0, 0),
          new Entry.Unfinished(at(20), "work", 0),
          new Entry.Left(at(21), "{chaos}/ended", 60_000));

  @Test
  void aRightHistoryPasses() {
    var report = check(RIGHT);
    assertEquals(List.of(), report.failed(), report.text());
    assertEquals(1, report.count("enqueues acknowledged"));
    assertEquals(1, report.count("of these, jobs in a terminal state"));
    assertEquals(1, report.count("duplicate executions"));
    assertEquals(1, report.count("kills, pauses, cuts and other faults"));
  }

  @Test
  void anAcknowledgedJobInNoTerminalStateIsLost() {
    assertOnly(
        "lost: acknowledged, and in no terminal state",
        List.of(
            new Entry.Asked(1, "producer-1", "u", "DONE", ""),
            new Entry.Answered(2, "producer-1", "u", "repeated", "")));
  }

  @Test
  void aJobWhoseProducerHeardNothingIsNotLost() {
    var unheard = List.of(new Entry.Asked(1, "producer-1", "u", "DONE", ""));
    assertTrue(check(unheard).passed());
  }

  @Test
  void aJobThatNeverEndsIsSeen() {
    assertOnly(
        "jobs neither ended nor to be done after the drain",
        with(new Entry.Unfinished(at(20), "work", 1)));
  }

  @Test
  void whatVerifyFoundIsSeen() {
    assertOnly(
        "differences that verify() found after the drain",
        with(new Entry.Misfit(at(20), "work", "RUNNING g")));
  }

  @Test
  void twoJobsFromOneEnqueueAreSeen() {
    assertOnly(
        "doubled: one enqueue, several jobs",
        with(new Entry.Started(at(3), "worker-2", "u", "other", 1, 0, "g")));
  }

  @Test
  void aRefusedEnqueueThatWasDoneIsSeen() {
    assertOnly(
        "refused enqueues that were done",
        changed(entry ->
            entry instanceof Entry.Answered
                ? new Entry.Answered(at(2), "producer-1", "u", "refused", "")
                : entry));
  }

  @Test
  void theFollowUpOfAStaleAttemptIsSeen() {
    var report =
        check(with(new Entry.Settled(at(20), "effect/u/1/done", "x", "finished", 1, 0, 0)));
    assertEquals(
        List.of("two accepted effects for one job", "effects accepted from stale attempts"),
        report.failed());
  }

  @Test
  void anEndThatOverridesALaterAttemptIsStale() {
    assertOnly(
        "effects accepted from stale attempts",
        changed(entry ->
            entry
                        instanceof
                        Entry.Settled(
                            var at,
                            var uid,
                            var id,
                            var state,
                            var _,
                            var failures,
                            var _)
                    && uid.equals("u")
                ? new Entry.Settled(at, uid, id, state, 1, failures, 0)
                : entry
                            instanceof
                            Entry.Started(var at, var who, var uid, var id, var _, var _, var _)
                        && uid.startsWith("effect")
                    ? new Entry.Started(at, who, "effect/u/1/done", id, 1, 0, "")
                    : entry
                                instanceof
                                Entry.Settled(var at, var uid, var id, var _, var _, var _, var _)
                            && uid.startsWith("effect")
                        ? new Entry.Settled(at, "effect/u/1/done", id, "finished", 1, 0, 0)
                        : entry));
  }

  @Test
  void aDoubledFollowUpIsSeen() {
    assertOnly(
        "two accepted effects for one job",
        with(new Entry.Settled(at(20), "effect/u/2/done", "x", "finished", 1, 0, 0)));
  }

  @Test
  void anEndWithoutItsFollowUpIsSeen() {
    assertOnly(
        "effects missing: the end is there, its follow-up is not",
        RIGHT.stream().filter(entry -> !entry.line().contains("effect/")).toList());
  }

  @Test
  void anAttemptThatBeginsTwiceIsSeen() {
    assertTrue(
        check(with(new Entry.Started(at(9), "worker-1", "u", "i", 2, 0, "g")))
            .failed()
            .contains("attempts started twice"));
  }

  @Test
  void anAttemptThatNothingExplainsIsSeen() {
    assertOnly(
        "attempts that no start, failure or crash explains",
        changed(entry ->
            entry
                        instanceof
                        Entry.Settled(var at, var uid, var id, var state, var attempt, var _, var _)
                    && uid.equals("u")
                ? new Entry.Settled(at, uid, id, state, attempt, 0, 0)
                : entry));
  }

  @Test
  void aDuplicateWithoutAFaultIsSeen() {
    var report =
        check(
            RIGHT.stream()
                .filter(entry -> !(entry instanceof Entry.Struck || entry instanceof Entry.Healed))
                .toList());
    assertEquals(
        List.of("duplicate executions", "duplicate executions that no fault explains"),
        report.failed());
  }

  @Test
  void aFaultElsewhereExplainsNoDuplicate() {
    assertOnly(
        "duplicate executions that no fault explains",
        changed(entry ->
            entry instanceof Entry.Struck(var at, var kind, var _)
                ? new Entry.Struck(at, kind, "worker-2")
                : entry instanceof Entry.Healed(var at, var kind, var _)
                    ? new Entry.Healed(at, kind, "worker-2")
                    : entry));
  }

  @Test
  void aRetryIsNoDuplicate() {
    var report =
        check(
            List.of(
                new Entry.Asked(1, "producer-1", "u", "THROWS", ""),
                new Entry.Answered(2, "producer-1", "u", "accepted", "i"),
                new Entry.Started(3, "worker-1", "u", "i", 1, 0, ""),
                new Entry.Ended(4, "worker-1", "u", 1),
                new Entry.Started(5, "worker-1", "u", "i", 2, 1, ""),
                new Entry.Ended(6, "worker-1", "u", 2),
                new Entry.Settled(7, "u", "i", "finished", 2, 1, 0)));
    assertEquals(List.of(), report.failed(), report.text());
    assertEquals(0, report.count("duplicate executions"));
  }

  @Test
  void moreOwnersThanTheCapAreSeenInTheStore() {
    assertOnly(
        "cap of a group exceeded, as the store saw it", with(new Entry.Sampled(at(9), "g", 3)));
  }

  @Test
  void moreRunsThanTheCapAreSeenByTheHandlers() {
    assertOnly("cap of a group exceeded, as the handlers saw it", with(runs(9, "v", "w")));
  }

  @Test
  void runsThatOnlyTouchAreWithinTheCap() {
    assertTrue(check(with(runs(10, "v", "w"))).passed());
  }

  @Test
  void aLostAttemptDoesNotCountAsARunWithinTheCap() {
    // The killed worker's attempt of u began at 3 and has no end; two others run then.
    assertTrue(check(with(runs(3, "v", "w"))).passed());
  }

  @Test
  void aKeyWithoutAnEndIsSeen() {
    assertOnly(
        "keys left after all have ended that will", with(new Entry.Left(at(21), "{chaos}/x", -1)));
  }

  @Test
  void aProcessThatFailsIsSeen() {
    assertOnly("processes that ended by themselves", with(new Entry.Died(at(9), "worker-2", 1)));
  }

  @Test
  void whatOnlyAFormerPrimaryHadIsLostByItsPromotionAndNoFault() {
    var report = failedOver(acknowledged("accepted", 40));
    assertEquals(List.of(), report.failed(), report.text());
    assertEquals(1, report.count("lost by a promotion: acknowledged without replica(1)"));
  }

  @Test
  void whatAReplicaHadMustOutliveAPromotion() {
    var report = failedOver(acknowledged("replicated", 40));
    var rows =
        List.of(
            "lost: acknowledged, and in no terminal state", "lost: acknowledged with replica(1)");
    assertEquals(rows, report.failed(), report.text());
  }

  @Test
  void aLossFarFromAnyPromotionIsOne() {
    var report = failedOver(acknowledged("accepted", 20));
    assertEquals(
        List.of("lost: acknowledged, and in no terminal state"), report.failed(), report.text());
  }

  @Test
  void attemptsThatComeTwiceAreExcusedByAPromotionOnly() {
    var again = with(new Entry.Started(at(9), "worker-2", "u", "i", 2, 0, "g"));
    assertTrue(check(again).failed().contains("attempts started twice"));
    assertTrue(failedOver(again).failed().contains("attempts started twice"), "40 s before it");
    var near = new ArrayList<>(again);
    near.add(new Entry.Struck(at(9), "kill-primary", "all"));
    near.add(new Entry.Healed(at(10), "kill-primary", "all"));
    assertEquals(List.of(), failedOver(near).failed(), failedOver(near).text());
  }

  private static List<Entry> acknowledged(String how, int second) {
    return with(
        new Entry.Asked(at(second), "producer-1", "v", "DONE", ""),
        new Entry.Answered(at(second + 1), "producer-1", "v", how, "j"));
  }

  /// The same with a promotion between the seconds 42 and 43.
  private static Report failedOver(List<Entry> entries) {
    var all = new ArrayList<>(entries);
    all.add(new Entry.Struck(at(42), "kill-primary", "all"));
    all.add(new Entry.Healed(at(43), "kill-primary", "all"));
    return Checker.check(FAILOVER, all);
  }

  /// More jobs of the group, from that second on for one second.
  private static Entry[] runs(int second, String... uids) {
    return Arrays.stream(uids)
        .flatMap(uid ->
            List.<Entry>of(
                new Entry.Asked(at(1), "producer-1", uid, "DONE", "g"),
                new Entry.Started(at(second), "worker-1", uid, uid, 1, 0, "g"),
                new Entry.Ended(at(second + 1), "worker-1", uid, 1),
                new Entry.Settled(at(20), uid, uid, "finished", 1, 0, 0))
                .stream())
        .toArray(Entry[]::new);
  }

  private static long at(int seconds) {
    return seconds * 1_000_000_000L;
  }

  private static Report check(List<? extends Entry> entries) {
    return Checker.check(SETTING, entries);
  }

  private static void assertOnly(String row, List<? extends Entry> entries) {
    var report = check(entries);
    assertEquals(List.of(row), report.failed(), report.text());
  }

  private static List<Entry> with(Entry... more) {
    var all = new ArrayList<>(RIGHT);
    all.addAll(List.of(more));
    return all;
  }

  private static List<Entry> changed(UnaryOperator<Entry> change) {
    return RIGHT.stream().map(change).toList();
  }
}
