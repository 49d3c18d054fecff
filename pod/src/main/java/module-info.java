import org.jspecify.annotations.NullMarked;

/// Tries `deploy/` for real, with Podman and a local Telegram: `./tg pod test`. It starts the pod,
/// talks to the bot, kills and stops containers, and looks at what the people in the chats see. It
/// is in no image.
@NullMarked
module tg.pod {
  requires static transitive org.jspecify;
  requires tg.sim;
  requires tg.valkey;
}
