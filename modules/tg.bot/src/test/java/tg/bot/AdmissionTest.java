package tg.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.api.BotToken;
import tg.api.Call;
import tg.api.Chat;
import tg.api.Message;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.api.Update;
import tg.api.User;
import tg.outbox.Letter;
import tg.outbox.Notes;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.process.Heartbeat;
import tg.process.Settings;
import tg.queue.Counts;
import tg.queue.JobInfo;
import tg.queue.Outcome;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.sim.Sim;
import tg.text.RichText;

class AdmissionTest {
  private static final User ANN = new User(1001, false, "Ann", "ann", "en");

  private final Sim sim = Sim.start();
  private final Queues queues = Queues.inMemory(InstantSource.system());
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of("777:secret"));
  private Admission admission = bot(Map.of());
  private long nextUpdate = 500;

  private Admission bot(Map<String, String> variables) {
    return Desk.of(queues, telegram, new Identity(777, "desk_bot"), talk(variables)).admission();
  }

  static Settings.Talk talk(Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.put("TG_TOKEN", "777:secret");
    return Settings.read(all).talk();
  }

  @AfterEach
  void end() {
    telegram.close();
    queues.close();
    sim.close();
  }

  private Update.NewMessage message(Chat chat, User from, String text) {
    long update = nextUpdate++;
    var ref = new MessageRef(chat.id(), (int) update, 0);
    return new Update.NewMessage(
        update, new Message(ref, chat, from, Instant.EPOCH, text, List.of(), null));
  }

  private Update.NewMessage fromAnn(String text) {
    return message(privateChat(ANN.id()), ANN, text);
  }

  private static Chat privateChat(long user) {
    return new Chat(user, Chat.Type.PRIVATE, "Ann", false);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var deadline = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        fail("the condition did not come true in 20 s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void admit(Update... updates) {
    assertTrue(admission.admitAll(List.of(updates), new CountDownLatch(1)));
  }

  private List<JobInfo> waiting(String queue) {
    return queues.queue(queue).list(Registry.WAITING, 0, 1000);
  }

  private List<Letter.Acknowledgement> acknowledgements() {
    return Stream.of(Registry.SCHEDULED, Registry.WAITING)
        .flatMap(registry -> queues.queue(Letter.QUEUE).list(registry, 0, 1000).stream())
        .map(info -> Letter.of(info.job()))
        .filter(Letter.Acknowledgement.class::isInstance)
        .map(Letter.Acknowledgement.class::cast)
        .toList();
  }

  private List<String> said() {
    return waiting(Letter.QUEUE).stream()
        .map(info -> Letter.of(info.job()))
        .filter(Letter.Answer.class::isInstance)
        .map(letter -> ((Letter.Answer) letter).content().text().text())
        .toList();
  }

  @Test
  void aTextBecomesATaskAndItsAcknowledgement() {
    var update = fromAnn("hello");
    admit(update);
    var task = Task.of(waiting(Task.QUEUE).getFirst().job());
    assertEquals("777.1001." + update.message().ref().message(), task.id().value());
    assertEquals("hello", task.text());
    assertEquals(update.message().ref(), task.message());
    var ack = acknowledgements().getFirst();
    assertEquals(Call.Target.replyTo(update.message().ref()), ack.target());
    assertEquals(Duration.ofMillis(500), ack.after(), "an idle bot waits for the answer");
    var button = TaskButton.of(ack.buttons().getFirst().getFirst().data());
    assertEquals(new TaskButton(TaskButton.Verb.CANCEL, task.id(), ANN.id()), button);
  }

  @Test
  void anUpdateThatComesAgainChangesNothing() {
    var update = fromAnn("hello");
    admit(update);
    admit(update, update);
    assertEquals(1, waiting(Task.QUEUE).size());
    assertEquals(1, acknowledgements().size());
  }

  @Test
  void whoHasTooManyTasksWaitingHearsSoOnceAndOthersGoOn() {
    admission = bot(Map.of("TG_QUOTA_WAITING", "2"));
    var third = fromAnn("three");
    admit(fromAnn("one"), fromAnn("two"), third);
    admit(third);
    assertEquals(2, waiting(Task.QUEUE).size());
    assertEquals(
        List.of(
            "2 tasks of yours wait already. Ask again when one of them has started; /cancel takes"
                + " them back."),
        said());
    assertEquals(2, acknowledgements().size(), "what is refused is not acknowledged");

    var bob = new User(1002, false, "Bob", "bob", "en");
    admit(message(privateChat(bob.id()), bob, "one"));
    assertEquals(3, waiting(Task.QUEUE).size());
  }

  @Test
  void theDaysTasksOfAPersonAreCountedInAllChatsAndOverRestarts() {
    var group = new Chat(-5, Chat.Type.GROUP, "Team", false);
    admission = bot(Map.of("TG_QUOTA_DAY", "3"));
    admit(fromAnn("one"), message(group, ANN, "/two@desk_bot"));
    admission = bot(Map.of("TG_QUOTA_DAY", "3"));
    admit(fromAnn("three"), fromAnn("four"), fromAnn("five"));
    assertEquals(3, waiting(Task.QUEUE).size());
    assertEquals(2, said().size());
    assertTrue(said().getFirst().startsWith("You may ask for 3 tasks a day. Ask again in "));
  }

  @Test
  void whenTooManyWaitInAllTheBotSaysThatItIsBusy() {
    admission = bot(Map.of("TG_MAX_WAITING", "2"));
    admit(fromAnn("one"), fromAnn("two"), fromAnn("three"));
    assertEquals(2, waiting(Task.QUEUE).size());
    assertTrue(said().getFirst().startsWith("Too many people are waiting just now"));
  }

  @Test
  void theSameRequestAgainIsNotTakenBeforeTheFirstIsDone() {
    admit(fromAnn("one"), fromAnn("one"), fromAnn("two"));
    assertEquals(2, waiting(Task.QUEUE).size());
    assertTrue(said().getFirst().startsWith("You have asked for this already"));
    var bob = new User(1002, false, "Bob", "bob", "en");
    admit(message(privateChat(bob.id()), bob, "one"));
    assertEquals(3, waiting(Task.QUEUE).size(), "another person may ask the same");

    queues.queue(Task.QUEUE).cancel(waiting(Task.QUEUE).getFirst().id());
    admit(fromAnn("one"));
    assertEquals(3, waiting(Task.QUEUE).size(), "what was canceled may be asked again");
  }

  @Test
  void statusAndCancelReachTasksFarBackInTheQueue() {
    admission = bot(Map.of("TG_QUOTA_WAITING", "0"));
    var bob = new User(1002, false, "Bob", "bob", "en");
    for (int i = 0; i < 220; i++) {
      admit(message(privateChat(5000 + i), new User(5000 + i, false, "X", "x", "en"), "x"));
    }
    admit(message(privateChat(bob.id()), bob, "far"), fromAnn("back"));
    admit(message(privateChat(bob.id()), bob, "/status"));
    assertEquals("“far” — waiting", said().getLast());
    admit(fromAnn("/cancel"));
    assertEquals("Canceled 1 task.", said().getLast());
    assertEquals(221, queues.queue(Task.QUEUE).counts().waiting());
  }

  @Test
  void adminsSeeTheWorkersAndAllFailedTasksPageByPage() throws InterruptedException {
    admission = bot(Map.of("TG_ADMINS", "1001"));
    admit(fromAnn("/workers"));
    assertEquals("No worker is alive.", said().getLast());
    for (int i = 0; i < 12; i++) {
      admit(fromAnn("task " + i));
    }
    try (var worker =
        queues.worker(Task.QUEUE).concurrency(3).start(job -> Outcome.failed("broken"))) {
      await(() -> queues.queue(Task.QUEUE).counts().failed() == 12);
      await(() -> !queues.workers().list().isEmpty());
      admit(fromAnn("/workers"));
      assertTrue(said().getLast().contains("tasks: 0 of 3 running"), said().getLast());
      assertTrue(said().getLast().contains("process " + ProcessHandle.current().pid()));
      worker.drain(Duration.ofSeconds(5));
    }
    admit(fromAnn("/failed 2"));
    assertEquals(2, said().getLast().split("broken", -1).length - 1);
    assertTrue(said().getLast().contains("Page 2 of 2"), said().getLast());
    admit(fromAnn("/queue"));
    assertTrue(said().getLast().contains("0 waiting, 0 scheduled, 12 failed"), said().getLast());
    admit(fromAnn("/retry all"));
    assertEquals("12 tasks are done again.", said().getLast());
  }

  @Test
  void thatAnAnswerCouldNotBeDeliveredIsSaidInTheLanguageOfWhoAsked() throws Exception {
    var anna = new User(1003, false, "Анна", "anna", "ru");
    var asked = message(privateChat(anna.id()), anna, "вопрос");
    admit(asked);
    queues.enqueue(Letter.answer(asked.message().ref(), RichText.plain("ответ")).toJob());
    try (var worker = queues.worker(Letter.QUEUE).start(job -> Outcome.failed("Bad Request: no"))) {
      await(() -> queues.queue(Letter.QUEUE).counts().failed() >= 1);
      worker.drain(Duration.ofSeconds(5));
    }
    var voices = new Voices(Phrase.load(), new Notes(queues));
    var sweeper = new Sweeper(queues, voices, 777);
    sweeper.sweep();
    sweeper.sweep();
    assertEquals(List.of("Один ответ не удалось доставить: Bad Request: no"), said());
  }

  @Test
  void theBotsOwnCommandsAreAnsweredAndMakeNoTask() {
    admit(fromAnn("/start"), fromAnn("/help"), fromAnn("/status"));
    assertEquals(3, said().size());
    assertTrue(said().getFirst().startsWith("Hello Ann!"));
    assertEquals("I am not doing anything for you.", said().getLast());
    assertEquals(0, waiting(Task.QUEUE).size());
  }

  @Test
  void statusListsWhatThePersonAskedFor() {
    admit(fromAnn("one"), fromAnn("two"), fromAnn("/status"));
    assertEquals("“one” — waiting, place 1\n“two” — waiting, place 2", said().getFirst());
  }

  @Test
  void inAGroupOnlyACommandForThisBotIsForTheBot() {
    var group = new Chat(-1001, Chat.Type.SUPERGROUP, "Team", false);
    admit(
        message(group, ANN, "good morning all"),
        message(group, ANN, "/primes@other_bot 10"),
        message(group, ANN, "/primes@desk_bot 10"));
    var tasks = waiting(Task.QUEUE);
    assertEquals(1, tasks.size());
    assertEquals("primes", Task.of(tasks.getFirst().job()).command());
  }

  @Test
  void otherBotsAreNotAnswered() {
    admit(message(privateChat(9), new User(9, true, "Robot", "robot", ""), "hello"));
    assertEquals(0, waiting(Task.QUEUE).size() + waiting(Letter.QUEUE).size());
  }

  @Test
  void theUpdatesOfAChatKeepTheirOrder() {
    var updates = new ArrayList<Update>();
    for (int i = 0; i < 90; i++) {
      var user = new User(2000 + i % 9, false, "U" + i % 9, "", "");
      updates.add(message(privateChat(user.id()), user, "message " + i));
    }
    admit(updates.toArray(Update[]::new));
    for (int user = 0; user < 9; user++) {
      long id = 2000L + user;
      var own =
          waiting(Task.QUEUE).stream()
              .map(info -> Task.of(info.job()))
              .filter(task -> task.user().id() == id)
              .map(task -> task.message().message())
              .toList();
      assertEquals(10, own.size());
      assertEquals(own.stream().sorted().toList(), own);
    }
  }

  @Test
  void anUpdateThatCannotBeReadIsKeptAsFailedWithItsText() throws Exception {
    try (var _ = DeadUpdates.start(queues)) {
      admit(new Update.Unreadable(1, "no date", "{\"broken\":1}"), fromAnn("hello"));
      var deadline = Instant.now().plusSeconds(10);
      while (queues.queue("updates").counts().failed() == 0) {
        if (Instant.now().isAfter(deadline)) {
          fail("the update is not in the failed registry");
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    var dead = queues.queue("updates").list(Registry.FAILED, 0, 10).getFirst();
    assertEquals("no date\n{\"broken\":1}", dead.job().payload().text());
    assertEquals(1, waiting(Task.QUEUE).size());
  }

  @Test
  void aPollLeaseIsHeldByOneAndGivenBackAtTheEnd() {
    var going = new CountDownLatch(1);
    try (var first = PollLease.await(queues, going, new Heartbeat())) {
      assertTrue(first != null && first.held());
      assertTrue(queues.tryLease("poller", Duration.ofSeconds(5)).isEmpty());
    }
    assertTrue(queues.tryLease("poller", Duration.ofSeconds(5)).isPresent());
  }

  private String said(String text, Admission to) {
    to.admitAll(List.of(fromAnn(text)), new CountDownLatch(1));
    return said().getLast();
  }

  @Test
  void adminsLookAfterTheQueueAndOthersDoNot() {
    var identity = new Identity(777, "desk_bot");
    var admins = Desk.of(queues, telegram, identity, talk(Map.of("TG_ADMINS", "1001"))).admission();
    admit(fromAnn("one"));
    assertTrue(said("/queue", admins).startsWith("Tasks: 0 running, 1 waiting, 0 scheduled"));
    assertEquals("No task has failed.", said("/failed", admins));
    assertEquals("There is no failed task 777.1.1.", said("/retry 777.1.1", admins));
    assertTrue(said("/pause", admins).startsWith("No task starts until /resume."));
    assertTrue(queues.queue(Task.QUEUE).closedUntil().isPresent());
    assertEquals("Tasks start again.", said("/resume", admins));
    assertTrue(queues.queue(Task.QUEUE).closedUntil().isEmpty());
    assertTrue(said("/help", admins).contains("/queue — How the queue is doing"));
    admit(fromAnn("/help"));
    assertTrue(!said().getLast().contains("/queue"), said().getLast());
    admit(fromAnn("/queue"));
    assertEquals(2, waiting(Task.QUEUE).size(), "to others it is a command like any");
  }

  @Test
  void aPlaceIsToldAtMarksThatGrowFurtherApart() {
    assertEquals(1, Places.mark(1));
    assertEquals(9, Places.mark(8));
    assertEquals(138, Places.mark(111));
    assertEquals(150, Places.mark(150));
  }

  @Test
  void thePaceIsSilentUntilItHasSeenEnough() {
    var pace = new Pace();
    var voice = Phrase.load().in("en");
    pace.look(new Counts(9, 0, 1, 0, 0, 0), 0);
    assertEquals("⏳ Queued, place 4", pace.words(voice, 4));
    assertEquals("⏳ Queued", pace.words(voice, 0));
    pace.look(new Counts(9, 0, 1, 4, 1, 1), TimeUnit.SECONDS.toNanos(180));
    assertEquals(Duration.ofMinutes(2), pace.until(4).orElseThrow());
    assertEquals("⏳ Queued, place 4, about 2 min", pace.words(voice, 4));
    assertEquals("⏳ Queued, place 1, less than a minute", pace.words(voice, 1));
  }
}
