package tg.sim;

import java.util.LinkedHashMap;
import java.util.Optional;

/// The newest 10,000 presses of buttons. Guarded by the [World]'s lock.
final class Callbacks {
  private static final int KEPT = 10_000;

  private final LinkedHashMap<String, Callback> callbacks = new LinkedHashMap<>();

  void add(Callback callback) {
    callbacks.put(callback.id, callback);
    if (callbacks.size() > KEPT) {
      callbacks.pollFirstEntry();
    }
  }

  Optional<Callback> get(String id) {
    return Optional.ofNullable(callbacks.get(id));
  }

  void clear() {
    callbacks.clear();
  }
}
