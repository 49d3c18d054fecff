package tg.worker.handlers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a file is, by its first bytes: its name and its sender may say anything. The media types
/// are those of the IANA registry, the signatures those of the formats' own specifications.
final class ContentType {
  static final String TEXT = "text/plain";
  static final String UNKNOWN = "application/octet-stream";

  /// How many bytes are enough to tell.
  static final int ENOUGH = 4096;

  private ContentType() {}

  /// {@return the media type}
  ///
  /// @param beginning the first bytes, {@link #ENOUGH} of them if there are so many
  static String of(byte[] beginning) {
    var start = new String(beginning, 0, Math.min(beginning.length, 600), ISO_8859_1);
    var type = signature(start);
    if (type != null) {
      return type;
    }
    return isText(beginning) ? textual(start) : UNKNOWN;
  }

  private static @Nullable String signature(String start) {
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return "image/gif";
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    if (start.startsWith("RIFF") && start.startsWith("WAVE", 8)) {
      return "audio/wav";
    }
    if (start.startsWith("%PDF-")) {
      return "application/pdf";
    }
    if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return zipped(start);
    }
    if (start.startsWith("\u001f\u008b")) {
      return "application/gzip";
    }
    if (start.startsWith("7z\u00bc\u00af'\u001c")) {
      return "application/x-7z-compressed";
    }
    if (start.startsWith("\u007fELF")) {
      return "application/x-executable";
    }
    if (start.startsWith("OggS")) {
      return "audio/ogg";
    }
    if (start.startsWith("ID3")) {
      return "audio/mpeg";
    }
    if (start.startsWith("ftyp", 4)) {
      return "video/mp4";
    }
    return start.startsWith("ustar", 257) ? "application/x-tar" : null;
  }

  private static String zipped(String start) {
    if (start.contains("word/")) {
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    }
    if (start.contains("xl/")) {
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    return start.contains("mimetypeapplication/epub+zip")
        ? "application/epub+zip"
        : "application/zip";
  }

  private static String textual(String start) {
    var head = start.stripLeading();
    if (head.startsWith("<?xml")) {
      return head.contains("<svg") ? "image/svg+xml" : "application/xml";
    }
    boolean page = head.regionMatches(true, 0, "<!doctype html", 0, 14);
    return page ? "text/html" : TEXT;
  }

  /// UTF-8 without control characters; a character that is cut off at the end does not count.
  private static boolean isText(byte[] bytes) {
    if (bytes.length == 0) {
      return false;
    }
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
        return false;
      }
    }
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    for (int cut = 0; cut <= Math.min(3, bytes.length - 1); cut++) {
      try {
        decoder.reset().decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
        return true;
      } catch (CharacterCodingException e) {
        if (bytes.length < ENOUGH) {
          return false;
        }
      }
    }
    return false;
  }
}
