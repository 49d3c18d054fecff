package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Named values as an envelope carries them: `name=value&name=value`, in the order in which they
/// were given. All that is not a printable ASCII character, and each of `% & /`, is written as `%`
/// and two hexadecimal digits for each of its bytes in UTF-8; so no slash is inside.
final class Words {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Words() {}

  static String write(Map<String, String> values) {
    if (values.isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    values.forEach((name, value) -> {
      text.append(text.isEmpty() ? "" : "&").append(name).append('=');
      for (byte one : value.getBytes(UTF_8)) {
        if (one > ' ' && one < 0x7F && one != '%' && one != '&' && one != '/') {
          text.append((char) one);
        } else {
          text.append('%').append(HEX.toHexDigits(one));
        }
      }
    });
    return text.toString();
  }

  /// Reads what {@link #write} wrote. What has no name is left out.
  static Map<String, String> read(String text) {
    var values = new LinkedHashMap<String, String>();
    for (var word : text.split("&", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(word.substring(0, equals), plain(word.substring(equals + 1)));
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private static String plain(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    var bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '%' && i + 2 < value.length()) {
        bytes.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(value.charAt(i));
      }
    }
    return bytes.toString(UTF_8);
  }
}
