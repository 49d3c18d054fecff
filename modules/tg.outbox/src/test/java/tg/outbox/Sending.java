package tg.outbox;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tg.api.BotToken;
import tg.api.Call;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.queue.JobId;
import tg.queue.JobInfo;
import tg.queue.JobState;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Worker;
import tg.sim.Sim;
import tg.sim.SimMessage;
import tg.text.RichText;

/// A sender against a strict Bot API server, over real sockets; the queue is in memory.
abstract class Sending {
  static final String TOKEN = "777:secret";

  final Sim sim = Sim.start();
  final Queues queues = Queues.inMemory(InstantSource.system());
  final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of(TOKEN));
  Worker sender;
  String chat;
  MessageRef asked;

  @BeforeEach
  void somebodyAsks() {
    sim.bot(TOKEN);
    chat = sim.privateChat(777, 1001);
    asked = new MessageRef(1001, sim.say(chat, "hello").id(), 0);
    sender = Sender.start(queues, telegram, 4);
  }

  @AfterEach
  void end() {
    sender.close();
    telegram.close();
    queues.close();
    sim.close();
  }

  static RichText text(String value) {
    return RichText.plain(value);
  }

  Letter.Acknowledgement ack(JobId task) {
    return new Letter.Acknowledgement(
        task, Call.Target.replyTo(asked), text("on it"), List.of(), Duration.ZERO);
  }

  static Letter progress(JobId task, String words, boolean last) {
    var phase = last ? Letter.Phase.ENDED : Letter.Phase.RUNNING;
    return new Letter.Progress(task, 1001, text(words), List.of(), phase);
  }

  Letter answer(String words) {
    return Letter.answer(asked, text(words));
  }

  JobInfo info(JobId letter) {
    return queues.queue(Letter.QUEUE).find(letter).orElseThrow();
  }

  JobId say(Letter letter) {
    return queues.enqueue(letter.toJob());
  }

  /// A task that a worker is doing, until it is released.
  Worker running(JobId task) throws InterruptedException {
    queues.enqueue(NewJob.of(Task.QUEUE, "text", Payload.empty()).id(task));
    var worker =
        queues
            .worker(Task.QUEUE)
            .start(job -> {
              Thread.sleep(Duration.ofDays(1));
              throw new IllegalStateException("must be interrupted");
            });
    await(() -> queues.queue(Task.QUEUE).counts().running() == 1);
    return worker;
  }

  List<SimMessage> fromBot() {
    return sim.transcript(chat).stream().filter(SimMessage::fromBot).toList();
  }

  List<String> texts() {
    return fromBot().stream().map(SimMessage::text).toList();
  }

  JobState state(JobId letter) {
    return queues.queue(Letter.QUEUE).find(letter).orElseThrow().state();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    var deadline = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        fail("the condition did not come true in 20 s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  long calls(String method) {
    return sim.calls().stream().filter(call -> call.method().equals(method)).count();
  }

  Letter.Answer instead(JobId task, String words) {
    return new Letter.Answer(
        Call.Target.replyTo(asked),
        Content.of(text(words)),
        List.of(),
        new Letter.Instead(task, 0));
  }

  static List<String> versions(SimMessage message) {
    return message.versions().stream().map(SimMessage.Shown::text).toList();
  }

  List<String> said(String where) {
    return sim.transcript(where).stream()
        .filter(message -> message.fromBot() && message.replyTo().isEmpty())
        .map(SimMessage::text)
        .filter(words -> !words.contains("supergroup"))
        .toList();
  }
}
