package tg.sim;

import java.util.Optional;

/// What a person says in a chat: a text, or a file with a caption; as an answer to a message, and
/// in a topic, if so wished. Immutable; the bytes of a file are never changed.
///
/// ```java
/// sim.say(chat, Speech.text("and this?").from(1002).replyTo(12));
/// ```
public final class Speech {
  private final String text;
  private final Optional<Upload> file;
  private final boolean photo;
  private final long from;
  private final int replyTo;
  private final int thread;

  private Speech(
      String text, Optional<Upload> file, boolean photo, long from, int replyTo, int thread) {
    this.text = text;
    this.file = file;
    this.photo = photo;
    this.from = from;
    this.replyTo = replyTo;
    this.thread = thread;
  }

  /// {@return a text}
  ///
  /// @param text 1 to 4,096 characters
  public static Speech text(String text) {
    return new Speech(text, Optional.empty(), false, 0, 0, 0);
  }

  /// {@return a document without a caption}
  ///
  /// @param name of the file
  /// @param mime its media type
  /// @param bytes what is in it
  public static Speech document(String name, String mime, byte[] bytes) {
    return new Speech("", Optional.of(new Upload(name, mime, bytes.clone())), false, 0, 0, 0);
  }

  /// {@return a photo without a caption}
  ///
  /// @param bytes a PNG, JPEG or GIF file
  public static Speech photo(byte[] bytes) {
    return new Speech(
        "", Optional.of(new Upload("photo.jpg", "image/jpeg", bytes.clone())), true, 0, 0, 0);
  }

  /// {@return the same with this caption}
  ///
  /// @param caption up to 1,024 characters
  public Speech caption(String caption) {
    return new Speech(caption, file, photo, from, replyTo, thread);
  }

  /// {@return the same, said by this user}
  ///
  /// @param user the user's id; by default the first user of the chat
  public Speech from(long user) {
    return new Speech(text, file, photo, user, replyTo, thread);
  }

  /// {@return the same, as an answer}
  ///
  /// @param message the id of the message it answers
  public Speech replyTo(int message) {
    return new Speech(text, file, photo, from, message, thread);
  }

  /// {@return the same in a topic of a forum}
  ///
  /// @param topic its id; by default, General
  public Speech thread(int topic) {
    return new Speech(text, file, photo, from, replyTo, topic);
  }

  String text() {
    return text;
  }

  Optional<Upload> file() {
    return file;
  }

  boolean photo() {
    return photo;
  }

  long from() {
    return from;
  }

  int replyTo() {
    return replyTo;
  }

  int thread() {
    return thread;
  }
}
