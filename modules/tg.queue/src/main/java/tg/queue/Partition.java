package tg.queue;

import java.util.List;

/// A store that has all jobs of a namespace, or those of one of its partitions. Thread-safe.
///
/// Jobs that are added here and belong to another partition are kept, in the same atomic step, as
/// **parcels**: so no job is added without its companions, and none ends without its follow-ups,
/// wherever they go. Whoever is alive takes parcels from here to there. They arrive in the order in
/// which they were kept, each once.
interface Partition extends Store {
  /// {@return itself, and nothing else}
  @Override
  default List<Partition> partitions() {
    return List.of(this);
  }

  @Override
  default void forward(int partition) {}

  /// Opens a worker's connection.
  Session session(Claims claims);

  /// {@return the oldest parcels for each other partition; empty when there are none}
  List<Parcel> parcels();

  /// Adds what is in the parcels, leaving out those that have been received before.
  ///
  /// @param from the partition they were kept in
  /// @param parcels all for here, in the order of their numbers
  void receive(int from, List<Parcel> parcels);

  /// Forgets the parcels for a partition up to that number: it has received them.
  void received(int to, long number);

  /// A job on its way.
  ///
  /// @param to its partition
  /// @param number grows with every parcel from one partition to another
  /// @param content the job, in the writing of this kind of store
  record Parcel(int to, long number, Object content) {}
}
