import org.jspecify.annotations.NullMarked;

/// Telegram on your desk: a strict local Bot API server with a web chat, for tests and demos.
///
/// [tg.sim.Sim] starts a server and is the hand of the people in it; [tg.sim.SimOptions] says how;
/// [tg.sim.Fault] plans a failure; [tg.sim.SimMessage] and [tg.sim.SimCall] are what one sees
/// afterwards.
///
/// ```java
/// try (Sim sim = Sim.start()) {
///   long bot = sim.bot("777:secret");
///   SimMessage hello = sim.say(sim.privateChat(bot, 1001), "hello");
///   // … a bot with the API URL sim.uri() + "bot" answers …
///   List<SimMessage> all = sim.transcript(hello.chat());
/// }
/// ```
///
/// It listens on 127.0.0.1 only, keeps everything in memory, and is never part of a production
/// image.
@NullMarked
module tg.sim {
  requires com.eclipsesource.json;
  requires java.net.http;
  requires jdk.httpserver;
  requires static transitive org.jspecify;

  exports tg.sim;
}
