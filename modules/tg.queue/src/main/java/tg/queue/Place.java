package tg.queue;

/// One partition of a namespace. Immutable.
///
/// @param routes which partition has what
/// @param index which one it is, from 0
record Place(Routes routes, int index) {
  /// {@return another partition of the same namespace}
  Place other(int partition) {
    return new Place(routes, partition);
  }

  /// {@return what is in braces at the beginning of its keys}
  String name() {
    return routes.name(index);
  }
}
