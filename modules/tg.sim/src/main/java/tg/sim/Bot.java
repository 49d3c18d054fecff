package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A bot: who it is and what the server keeps for it. Guarded by the [World]'s lock.
final class Bot implements Sender {
  private final long id;
  private final String token;
  final Instant since;
  final UpdateQueue queue;
  final Polling polling = new Polling();
  final CommandMenu commands = new CommandMenu();
  final Set<String> allowed = new HashSet<>(UpdateKind.DEFAULT);
  String firstName;
  String username;
  boolean privacy = true;
  @Nullable Webhook webhook;

  Bot(String token, Instant since, UpdateQueue queue) {
    this.id = Token.id(token);
    this.token = token;
    this.since = since;
    this.queue = queue;
    this.firstName = "Bot " + id;
    this.username = "sim" + id + "_bot";
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String name() {
    return firstName;
  }

  boolean hasToken(String candidate) {
    return token.equals(candidate);
  }

  /// {@return the text without this bot's token in it, as it may be logged}
  String censored(String text) {
    return text.replace(token, "<token>");
  }

  @Override
  public JsonObject json() {
    return new JsonObject()
        .add("id", id)
        .add("is_bot", true)
        .add("first_name", firstName)
        .add("username", username);
  }

  @Override
  public String toString() {
    return "Bot " + id;
  }
}
