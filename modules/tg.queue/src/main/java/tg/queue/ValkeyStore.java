package tg.queue;

/// The store on a server.
final class ValkeyStore {
  private ValkeyStore() {}

  static Store open(ServerAddress server, Settings settings) {
    throw new UnsupportedOperationException(server + " " + settings);
  }
}
