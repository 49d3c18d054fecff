package tg.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import tg.outbox.Task;
import tg.process.Heartbeat;
import tg.queue.JobInfo;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.sim.Sim;

class AdmissionTest {
  private static final User ANN = new User(1001, false, "Ann", "ann", "en");

  private final Sim sim = Sim.start();
  private final Queues queues = Queues.inMemory(InstantSource.system());
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of("777:secret"));
  private final Admission admission =
      new Admission(queues, telegram, new Identity(777, "desk_bot"));
  private long nextUpdate = 500;

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

  private void admit(Update... updates) {
    assertTrue(admission.admitAll(List.of(updates), new CountDownLatch(1)));
  }

  private List<JobInfo> waiting(String queue) {
    return queues.queue(queue).list(Registry.WAITING, 0, 1000);
  }

  private List<String> said() {
    return waiting(Letter.QUEUE).stream()
        .map(info -> Letter.of(info.job()))
        .filter(Letter.Answer.class::isInstance)
        .map(letter -> ((Letter.Answer) letter).text().value())
        .toList();
  }

  @Test
  void aTextBecomesATaskAndItsAcknowledgement() {
    var update = fromAnn("hello");
    admit(update);
    var task = Task.of(waiting(Task.QUEUE).getFirst().job());
    assertEquals("777." + update.id(), task.id().value());
    assertEquals("hello", task.text());
    assertEquals(update.message().ref(), task.message());
    var letter = Letter.of(waiting(Letter.QUEUE).getFirst().job());
    assertTrue(
        letter instanceof Letter.Acknowledgement ack
            && ack.target().equals(Call.Target.replyTo(update.message().ref())));
  }

  @Test
  void anUpdateThatComesAgainChangesNothing() {
    var update = fromAnn("hello");
    admit(update);
    admit(update, update);
    assertEquals(1, waiting(Task.QUEUE).size());
    assertEquals(1, waiting(Letter.QUEUE).size());
  }

  @Test
  void theBotsOwnCommandsAreAnsweredAndMakeNoTask() {
    admit(fromAnn("/start"), fromAnn("/help"), fromAnn("/status"));
    assertEquals(3, said().size());
    assertTrue(said().getFirst().startsWith("Hello Ann!"));
    assertTrue(said().getLast().startsWith("Yours: 0 running, 0 waiting"), said().getLast());
    assertEquals(0, waiting(Task.QUEUE).size());
  }

  @Test
  void statusCountsWhatThePersonAskedFor() {
    admit(fromAnn("one"), fromAnn("two"), fromAnn("/status"));
    assertTrue(said().getFirst().startsWith("Yours: 0 running, 2 waiting"), said().getFirst());
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
}
