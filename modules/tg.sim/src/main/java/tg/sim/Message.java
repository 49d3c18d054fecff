package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message with its history. Guarded by the [World]'s lock.
///
/// The first version and the newest 199 are kept.
final class Message {
  private static final int KEPT = 200;

  final Chat chat;
  final int id;

  final Sender from;

  final Placement placement;

  /// The id of the first message of the chain of replies it stands in, or 0: outside of forums,
  /// that is its thread.
  final int root;

  private final List<Version> versions = new ArrayList<>();
  final Set<Long> readBy = new LinkedHashSet<>();
  final Map<Sender, String> reactions = new LinkedHashMap<>();
  boolean edited;
  @Nullable Instant deletedAt;

  /// Deleted by its sender without the server having learnt of it.
  boolean unnoticed;

  Message(Chat chat, int id, Sender from, Placement placement, Version first) {
    this.chat = chat;
    this.id = id;
    this.from = from;
    this.placement = placement;
    this.root = root(placement.replyTo());
    versions.add(first);
  }

  private static int root(@Nullable Message target) {
    if (target == null) {
      return 0;
    }
    return target.root == 0 ? target.id : target.root;
  }

  Version shown() {
    return versions.getLast();
  }

  Instant sentAt() {
    return versions.getFirst().at();
  }

  List<Version> versions() {
    return List.copyOf(versions);
  }

  void show(Version version) {
    versions.add(version);
    edited = true;
    if (versions.size() > KEPT) {
      versions.remove(1);
    }
  }

  /// {@return whether the server still has it}
  boolean there() {
    return deletedAt == null || unnoticed;
  }

  boolean isFrom(Sender sender) {
    return from.id() == sender.id();
  }

  /// {@return who is shown to have written it: nobody for a post of a channel}
  @Nullable Sender signed() {
    return chat.kind == ChatKind.CHANNEL ? null : from;
  }

  JsonObject keyboard() {
    return shown().inline();
  }
}
