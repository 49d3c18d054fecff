package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the arguments of a call from the query, a form, a JSON object or multipart parts, all
/// merged.
final class ArgsReader {
  private static final int PARAMETERS = 1 << 20;
  private static final int BODY = 52 << 20;

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();

  private ArgsReader() {}

  /// @throws ApiError if the request is too large
  static Args read(HttpExchange exchange) throws IOException {
    ArgsReader reader = new ArgsReader();
    reader.form(exchange.getRequestURI().getRawQuery());
    byte[] body = exchange.getRequestBody().readNBytes(BODY + 1);
    if (body.length > BODY) {
      throw ApiError.of(413, "Request Entity Too Large");
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    reader.body(type == null ? "" : type, body);
    int size = 0;
    for (Map.Entry<String, String> text : reader.texts.entrySet()) {
      size += text.getKey().length() + text.getValue().length();
    }
    if (size > PARAMETERS) {
      throw ApiError.of(413, "Request Entity Too Large: too many parameters");
    }
    return new Args(reader.texts, reader.uploads);
  }

  /// {@return the arguments in a JSON object, as in the reply to a webhook}
  static Args of(JsonObject json) {
    ArgsReader reader = new ArgsReader();
    reader.members(json);
    return new Args(reader.texts, reader.uploads);
  }

  private void body(String type, byte[] body) {
    String kind = type.toLowerCase(Locale.ROOT).strip();
    if (kind.startsWith("multipart/form-data")) {
      Multipart.read(type, body, texts, uploads);
    } else if (kind.startsWith("application/json")) {
      json(new String(body, StandardCharsets.UTF_8));
    } else if (kind.isEmpty() || kind.startsWith("application/x-www-form-urlencoded")) {
      form(new String(body, StandardCharsets.UTF_8));
    }
  }

  private void form(@Nullable String form) {
    if (form == null || form.isEmpty()) {
      return;
    }
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  private void put(String name, String text) {
    texts.put(name, text.replace("\0", ""));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /* A body that is no JSON object is ignored, as the official server does. */
  private void json(String body) {
    try {
      JsonValue value = Json.parse(body);
      if (value.isObject()) {
        members(value.asObject());
      }
    } catch (ParseException e) {
      System.getLogger(ArgsReader.class.getName())
          .log(System.Logger.Level.DEBUG, "Ignored a body that is not JSON: {0}", e.getMessage());
    }
  }

  private void members(JsonObject json) {
    for (JsonObject.Member member : json) {
      if (!member.getValue().isNull()) {
        put(member.getName(), Fields.plain(member.getValue()));
      }
    }
  }
}
