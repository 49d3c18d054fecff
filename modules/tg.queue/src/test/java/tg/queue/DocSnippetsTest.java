package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The snippets of docs/queue/: each stands between two lines with its page's name here, runs, and
/// is word for word in its page.
final class DocSnippetsTest {
  private static final Path PAGES = Path.of("../../docs/queue");
  private static final Pattern SNIPPET =
      Pattern.compile("(?ms)^ *// begin (\\S+)$\n(.*?)^ *// end \\1$");

  private final TestQueues test = TestQueues.create();
  private final Queues queues = test.queues();

  @AfterEach
  void close() {
    test.close();
  }

  private static void charge(Job job) throws IOException {
    if (job.attempt() < 3) {
      throw new IOException("the bank is away");
    }
  }

  /// What a bank says.
  private static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    Duration comeBackAfter() {
      return Duration.ofMinutes(1);
    }
  }

  @Test
  void retries() {
    // begin retries.md
    queues.enqueue(
        NewJob.of("payments", "charge", Payload.of("42"))
            .retry(Retries.after(Duration.ofSeconds(10), Duration.ofMinutes(5))));

    var worker =
        queues
            .worker("payments")
            .retry(RetryPolicy.exponential(8, Duration.ofSeconds(1), Duration.ofHours(1)))
            .classify(failure ->
                switch (failure) {
                  case IllegalArgumentException _ -> new Classifier.Judgement.Final();
                  case Busy busy -> new Classifier.Judgement.RetryAfter(busy.comeBackAfter());
                  default -> new Classifier.Judgement.Transient();
                })
            .onFailure((job, reason) -> List.of(NewJob.of("log", "failed", Payload.of(reason))))
            .onExhausted((job, reason) -> List.of(NewJob.of("mail", "sorry", job.payload())));
    // end retries.md
    JobHandler handler =
        job -> {
          charge(job);
          return Outcome.done();
        };
    assertEquals(1, test.runAllDue(worker, handler).size());
    test.advance(Duration.ofSeconds(10));
    assertEquals(1, test.runAllDue(worker, handler).size());
    test.advance(Duration.ofMinutes(5));
    assertInstanceOf(Outcome.Done.class, test.runAllDue(worker, handler).getFirst().outcome());
    assertEquals(2, test.open("log").size());
    test.assertNothingOpen("mail");
  }

  @Test
  void unique() {
    // begin unique.md
    var report = NewJob.of("reports", "monthly", Payload.of("42"));
    var id = queues.enqueue(report.unique(Unique.by("report:42")));
    assertEquals(id, queues.enqueue(report.unique(Unique.by("report:42"))));

    assertThrows(
        QueueException.NotUnique.class,
        () -> queues.enqueue(report.unique(Unique.by("report:42").rejecting())));

    var index = NewJob.of("search", "index", Payload.of("page 7"));
    queues.enqueue(index.debounced("page:7", Duration.ofSeconds(5), Duration.ofMinutes(1)));
    // end unique.md
    assertEquals(1, test.open("reports").size());
    assertEquals(List.of(), test.runAllDue("search", job -> Outcome.done()));
    test.advance(Duration.ofSeconds(5));
    assertEquals(1, test.runAllDue("search", job -> Outcome.done()).size());
  }

  @Test
  void dependencies() {
    // begin dependencies.md
    var parts =
        Stream.of("a", "b", "c")
            .map(part -> NewJob.of("render", "part", Payload.of(part)).id(queues.newJobId()))
            .toList();
    var refs = parts.stream().map(part -> new JobRef("render", part.id().orElseThrow())).toList();
    var film = NewJob.of("render", "film", Payload.empty()).after(refs, Otherwise.CANCEL);
    queues.enqueueAll(Stream.concat(parts.stream(), Stream.of(film)).toList());

    JobHandler handler =
        job ->
            job.type().equals("part")
                ? Outcome.done(Payload.of("<" + job.payload().text() + ">"))
                : Outcome.done(
                    Payload.of(
                        job.after().stream()
                            .map(part -> queues.find(part).orElseThrow().state())
                            .map(state -> ((JobState.Finished) state).result().text())
                            .collect(Collectors.joining())));
    // end dependencies.md
    var last = test.runAllDue("render", handler).getLast();
    assertEquals("<a><b><c>", ((Outcome.Done) last.outcome()).result().text());
  }

  @Test
  void cancelAndDeadlines() throws InterruptedException {
    // begin cancel-and-deadlines.md
    var id =
        queues.enqueue(
            NewJob.of("calls", "ring", Payload.of("ann"))
                .ttl(Duration.ofMinutes(5)) // to its first start
                .timeout(Duration.ofSeconds(30)) // of an attempt
                .deadline(Duration.ofHours(1))); // of the whole

    var worker =
        queues
            .worker("calls")
            .grace(Duration.ofSeconds(2))
            .onCanceled(job -> List.of(NewJob.of("mail", "not today", job.payload())))
            .onExhausted((job, reason) -> List.of(NewJob.of("mail", "sorry", job.payload())));

    queues.queue("calls").cancel(id);
    // end cancel-and-deadlines.md
    assertInstanceOf(JobState.Canceled.class, queues.queue("calls").find(id).orElseThrow().state());
    assertTrue(queues.queue("calls").requeue(id));
    test.advance(Duration.ofMinutes(5));
    assertEquals(List.of(), test.runAllDue(worker, job -> Outcome.done()));
    test.assertEnqueued("mail", job -> job.type().equals("sorry"));
  }

  @Test
  void results() throws InterruptedException {
    var id = queues.enqueue(NewJob.of("sums", "add", Payload.of("1+1")));
    test.runAllDue("sums", job -> Outcome.done(Payload.of("2")));
    // begin results.md
    var end = queues.queue("sums").await(id, Duration.ofSeconds(10));
    var text =
        end.isEmpty()
            ? "not yet"
            : switch (end.get().state()) {
              case JobState.Finished(var at, var result) -> result.text();
              case JobState.Failed(var at, var reason) -> "failed: " + reason;
              default -> "canceled";
            };
    // end results.md
    assertEquals("2", text);
  }

  @Test
  void failures() {
    var id = queues.enqueue(NewJob.of("payments", "charge", Payload.of("42")));
    test.runAllDue("payments", job -> Outcome.done(Payload.of(charged(job))));
    test.advance(Duration.ofHours(1));
    test.runAllDue("payments", job -> Outcome.done(Payload.of(charged(job))));
    // begin retries.md
    var payments = queues.queue("payments");
    for (var failure : payments.failures(id)) {
      System.out.println(failure.attempt() + " on " + failure.worker() + ": " + failure.reason());
    }
    payments.trace(id).ifPresent(System.out::println);
    // end retries.md
    assertEquals(2, payments.failures(id).size());
    assertTrue(payments.trace(id).orElseThrow().contains("DocSnippetsTest.charge"));
  }

  private static String charged(Job job) throws IOException {
    charge(job);
    return "ok";
  }

  @Test
  void workers() {
    var handler = (JobHandler) job -> Outcome.done();
    try (var other = Queues.inMemory(InstantSource.system())) {
      // begin events-and-workers.md
      var worker = other.worker("mail", "reports").weight("mail", 3).start(handler);

      other.workers().pause(worker.id(), Duration.ofMinutes(10)); // from any process
      other.workers().resume(worker.id());
      // end events-and-workers.md
      assertTrue(worker.alive());
      worker.close();
    }
  }

  @Test
  void bulk() {
    queues.enqueue(NewJob.of("mail", "welcome", Payload.of("ann")).group("tenant:7"));
    test.runAllDue("mail", job -> Outcome.failed("no"));
    queues.enqueue(NewJob.of("mail", "news", Payload.of("ann")).group("tenant:7"));
    // begin bulk.md
    var mail = queues.queue("mail");
    mail.cancelAll(Selection.in(Registry.WAITING, Registry.SCHEDULED).group("tenant:7"));

    var failed = Selection.in(Registry.FAILED).type("welcome");
    long again = mail.requeueAll(failed);
    long gone = mail.deleteAll(failed.olderThan(Duration.ofDays(2)));

    var page = mail.page(failed, "", 50);
    for (var job : page.jobs()) {
      System.out.println(job.id() + ": " + job.lastFailure());
    }
    var next = page.next(); // of a URL, perhaps: mail.page(failed, next.get(), 50)
    // end bulk.md
    assertEquals(1, again);
    assertEquals(0, gone);
    assertTrue(next.isEmpty());
    assertEquals(1, mail.counts().canceled());
    assertEquals(1, mail.counts().waiting());
  }

  @Test
  void testing() {
    // begin testing.md
    try (var test = TestQueues.create()) {
      test.queues()
          .enqueue(NewJob.of("mail", "welcome", Payload.of("ann")).delay(Duration.ofDays(1)));

      test.assertEnqueued("mail", job -> job.payload().text().equals("ann"));
      assertTrue(test.runAllDue("mail", job -> Outcome.done()).isEmpty());

      test.advance(Duration.ofDays(1));
      var run = test.runAllDue("mail", job -> Outcome.done(Payload.of("sent"))).getFirst();
      assertEquals(Outcome.done(Payload.of("sent")), run.outcome());
      test.assertNothingOpen("mail");
    }
    // end testing.md
  }

  @TestFactory
  Stream<DynamicTest> eachSnippetIsInItsPage() throws IOException {
    var source = Files.readString(Path.of("src/test/java/tg/queue/DocSnippetsTest.java"), UTF_8);
    var snippets = SNIPPET.matcher(source).results().toList();
    assertFalse(snippets.isEmpty());
    return snippets.stream()
        .map(snippet ->
            DynamicTest.dynamicTest(
                snippet.group(1),
                () -> {
                  var page = Files.readString(PAGES.resolve(snippet.group(1)), UTF_8);
                  var expected =
                      "```java\n" + snippet.group(2).stripTrailing().stripIndent() + "\n```";
                  assertTrue(page.contains(expected), "the page must have:\n" + expected);
                }));
  }
}
