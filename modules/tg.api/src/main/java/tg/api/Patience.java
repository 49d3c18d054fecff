package tg.api;

import java.time.Duration;

/// How long we wait on the wire, and for what.
///
/// @param connect to get a connection, for each address
/// @param write without the server taking a byte
/// @param read without the server sending a byte
/// @param call for a call as a whole
/// @param upload for a call as a whole that carries a file
/// @param poll for `getUpdates`, beyond the time that it was asked to wait
record Patience(
    Duration connect,
    Duration write,
    Duration read,
    Duration call,
    Duration upload,
    Duration poll) {
  static Patience standard() {
    return new Patience(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10));
  }
}
