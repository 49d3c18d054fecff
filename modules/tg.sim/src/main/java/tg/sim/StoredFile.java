package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;

/// A file that was sent. Immutable; the bytes are never changed.
///
/// @param number of the file, from which its ids are made
/// @param size of the picture, if it is one
@SuppressWarnings("ArrayRecordComponent") // compared by identity of the file, never by content
record StoredFile(int number, String name, String mime, byte[] bytes, ImageSize size) {
  boolean photo() {
    return !size.equals(ImageSize.NONE);
  }

  String uniqueId() {
    return "AgAD%06d".formatted(number);
  }

  String fileId() {
    return (photo() ? "AgACAgIAAxkBAAI" : "BQACAgIAAxkBAAI") + "%08d".formatted(number);
  }

  /// {@return the path under `/file/bot<token>/`}
  String path() {
    return photo() ? "photos/file_" + number + ".jpg" : "documents/file_" + number + extension();
  }

  private String extension() {
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot);
    return extension.matches("\\.[A-Za-z0-9]{1,10}") ? extension : "";
  }

  /// {@return the member of a Message that holds it}
  String field() {
    return photo() ? "photo" : "document";
  }

  /// {@return the value of that member in the Bot API}
  JsonValue json() {
    JsonObject json = ids();
    if (photo()) {
      return new JsonArray().add(json.add("width", size.width()).add("height", size.height()));
    }
    return json.add("file_name", name).add("mime_type", mime);
  }

  JsonObject ids() {
    return new JsonObject()
        .add("file_id", fileId())
        .add("file_unique_id", uniqueId())
        .add("file_size", bytes.length);
  }
}
