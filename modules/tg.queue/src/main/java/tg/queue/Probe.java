package tg.queue;

import tg.queue.internal.valkey.Connection;

final class Probe {
  private Probe() {}

  static boolean ping(String host, int port) {
    try (var connection = new Connection(host, port)) {
      return connection.ping();
    }
  }
}
