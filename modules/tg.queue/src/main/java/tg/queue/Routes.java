package tg.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/// Where what has a name is: in which partition of a namespace. Immutable.
///
/// The hash is that of Redis Cluster's keys: CRC16 of the name, or of its `{tag}` if it has one. It
/// is part of how jobs are stored and never changes.
///
/// A job goes where its group goes; without a group, where its replace key or its unique key goes;
/// without these, where the first of the jobs is for which it waits; and else where its id leads.
class Routes {
  private final String namespace;
  private final int partitions;

  Routes(String namespace, int partitions) {
    this.namespace = namespace;
    this.partitions = partitions;
  }

  /// {@return the namespace's name}
  final String namespace() {
    return namespace;
  }

  /// {@return how many partitions there are}
  final int partitions() {
    return partitions;
  }

  /// {@return what is in braces at the beginning of all keys of a partition, so that they are in
  /// one slot of a cluster}
  final String name(int partition) {
    // No namespace contains a slash, so that no partition is another one's.
    return partitions == 1 ? namespace : namespace + "/" + partition;
  }

  /// {@return the partition of a once-key, a lease, a group or an id}
  int of(String name) {
    return partitions == 1 ? 0 : hash(tag(name)) % partitions;
  }

  /// {@return the partition of a job}
  final int of(Store.Ticket ticket) {
    return partitions == 1 ? 0 : of(leader(ticket.job()).orElse(ticket.id().value()));
  }

  /// {@return a new id that leads to the partition of the job}
  final JobId id(Ulid ids, NewJob job) {
    var id = ids.next();
    var leader = partitions == 1 ? Optional.<String>empty() : leader(job);
    if (leader.isPresent()) {
      int home = of(leader.get());
      while (of(id) != home) {
        id = ids.next();
      }
    }
    return new JobId(id);
  }

  private static Optional<String> leader(NewJob job) {
    return job.group()
        .or(job::replaceKey)
        .or(() -> job.unique().map(Unique::key))
        .or(() -> job.after().stream().findFirst().map(other -> other.id().value()));
  }

  /// Checks that a job which waits for others is in their partition.
  ///
  /// @throws QueueException.Apart when the id of one of them leads elsewhere
  final void check(Store.Ticket ticket) {
    if (partitions == 1 || ticket.job().after().isEmpty()) {
      return;
    }
    int home = of(ticket);
    for (var other : ticket.job().after()) {
      if (of(other.id().value()) != home) {
        throw new QueueException.Apart(
            ticket.id() + " waits for " + other + " in another partition");
      }
    }
  }

  /// {@return the slot of a cluster in which the keys of a partition are}
  final int slot(int partition) {
    return slot(name(partition));
  }

  /// {@return the slot of a cluster for a tag}
  static int slot(String tag) {
    return hash(tag) % 16_384;
  }

  /// What is between the first `{` and the first `}` after it; all of it when that is nothing.
  private static String tag(String name) {
    int open = name.indexOf('{');
    int close = open < 0 ? -1 : name.indexOf('}', open + 1);
    return close > open + 1 ? name.substring(open + 1, close) : name;
  }

  /// CRC16 as in the Redis Cluster specification (XMODEM: polynomial 0x1021, nothing reflected).
  static int hash(String text) {
    int crc = 0;
    for (byte b : text.getBytes(US_ASCII)) {
      crc ^= (b & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }
}
