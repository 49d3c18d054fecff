package tg.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tg.api.BotToken;
import tg.api.Chat;
import tg.api.Message;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.api.Update;
import tg.api.User;
import tg.outbox.Letter;
import tg.queue.Outcome;
import tg.queue.Queues;
import tg.queue.Registry;

class PlacesTest {
  private static final User ANN = new User(1001, false, "Ann", "ann", "en");

  @Test
  void aPlaceIsNotToldBeforeTheAcknowledgementThatItChangesIsSaid() throws Exception {
    try (var queues = Queues.inMemory(InstantSource.system());
        var telegram =
            Telegram.connect(URI.create("http://127.0.0.1:1"), BotToken.of("777:secret"))) {
      var identity = new Identity(777, "desk_bot");
      var desk = Desk.of(queues, telegram, identity, AdmissionTest.talk(Map.of()));
      var chat = new Chat(ANN.id(), Chat.Type.PRIVATE, "Ann", false);
      var ref = new MessageRef(ANN.id(), 1, 0);
      var message = new Message(ref, chat, ANN, Instant.EPOCH, "hello", List.of(), null);
      desk.admission().admit(new Update.NewMessage(1, message));
      var places = new Places(queues, desk.voices(), desk.pace());
      places.look(System.nanoTime());
      assertEquals(0, progress(queues), "an idle bot waits before it acknowledges");

      var said = new CountDownLatch(1);
      var sender =
          queues
              .worker(Letter.QUEUE)
              .start(job -> {
                said.countDown();
                return Outcome.done();
              });
      said.await();
      sender.close();
      places.look(System.nanoTime());
      assertEquals(1, progress(queues));
      places.look(System.nanoTime());
      assertEquals(1, progress(queues), "told once");
    }
  }

  private static long progress(Queues queues) {
    return Stream.of(Registry.WAITING, Registry.SCHEDULED)
        .flatMap(registry -> queues.queue(Letter.QUEUE).list(registry, 0, 100).stream())
        .filter(info -> Letter.of(info.job()) instanceof Letter.Progress)
        .count();
  }
}
