package tg.sim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `multipart/form-data` body: parts with a file name are files, the others texts. What is
/// malformed is left out.
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";,]+)\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?:^|;)\\s*name=\"?([^\";]*)\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILENAME =
      Pattern.compile(
          "filename(\\*?)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  private Multipart() {}

  static void read(
      String type, byte[] body, Map<String, String> texts, Map<String, Upload> uploads) {
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.find()) {
      return;
    }
    byte[] mark = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
    byte[] first = Arrays.copyOfRange(mark, 2, mark.length);
    int at = indexOf(body, first, 0);
    int from = at + first.length;
    while (at >= 0 && from + 2 <= body.length && body[from] == '\r') {
      at = indexOf(body, mark, from);
      if (at >= 0) {
        part(Arrays.copyOfRange(body, Math.min(from + 2, at), at), texts, uploads);
        from = at + mark.length;
      }
    }
  }

  private static void part(byte[] part, Map<String, String> texts, Map<String, Upload> uploads) {
    int end = indexOf(part, new byte[] {'\r', '\n', '\r', '\n'}, 0);
    if (end < 0) {
      return;
    }
    String disposition = "";
    String mime = "application/octet-stream";
    for (String line : new String(part, 0, end, StandardCharsets.UTF_8).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        disposition = value;
      } else if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
        mime = value;
      }
    }
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      return;
    }
    byte[] content = Arrays.copyOfRange(part, end + 4, part.length);
    Matcher file = FILENAME.matcher(disposition);
    if (file.find()) {
      uploads.put(name.group(1), new Upload(fileName(file), mime, content));
    } else {
      texts.put(name.group(1), new String(content, StandardCharsets.UTF_8));
    }
  }

  private static String fileName(Matcher file) {
    String quoted = file.group(2);
    String name = quoted != null ? quoted.replace("\\\"", "\"") : String.valueOf(file.group(3));
    boolean extended = !String.valueOf(file.group(1)).isEmpty();
    if (extended) {
      name = name.substring(name.lastIndexOf('\'') + 1);
    }
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  private static int indexOf(byte[] in, byte[] what, int from) {
    for (int i = from; i <= in.length - what.length; i++) {
      if (in[i] == what[0] && Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
