package tg.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tg.text.RichText;

class ModuleTest {
  @Test
  void onlyTheApiIsExported() {
    var module = Telegram.class.getModule();
    assertEquals("tg.api", module.getName());
    assertEquals(
        "tg.api",
        module.getDescriptor().exports().stream()
            .map(Exports::source)
            .collect(Collectors.joining(",")));
  }

  /// The snippet in the module's documentation.
  @Test
  void theExampleAnswersEachMessageUnderIt() throws IOException {
    var updates =
        """
        [{"update_id":1,"message":{"message_id":4,"date":1,"text":"hello",
          "chat":{"id":5,"type":"private"},"from":{"id":5,"first_name":"A"}}}]\
        """;
    try (var stub =
        new StubServer((request, socket) -> {
          var result = request.method().equals("getUpdates") ? updates : Fixture.SENT;
          return StubServer.reply(socket, 200, "", "{\"ok\":true,\"result\":" + result + "}");
        })) {
      answerOnce(stub.uri(), Fixture.TOKEN, 0);
      assertEquals(
          "{\"message_id\":4,\"allow_sending_without_reply\":true}",
          stub.received().getLast().form().get("reply_parameters"));
    }
  }

  private static void answerOnce(URI server, BotToken token, long offset) {
    try (var telegram = Telegram.connect(server, token)) {
      for (var update : telegram.updates(offset, 100, Duration.ofSeconds(50))) {
        if (update instanceof Update.NewMessage(_, var message)) {
          var target = Call.Target.replyTo(message.ref());
          telegram.call(new Call.SendMessage(target, RichText.plain("hi"), List.of(), false));
        }
      }
    }
  }
}
