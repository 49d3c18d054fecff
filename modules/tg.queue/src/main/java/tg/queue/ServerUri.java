package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the URI of a server, of the Sentinels that know where it is, or of a cluster. Confined to
/// one thread.
final class ServerUri {
  private static final int SERVER_PORT = 6379;
  private static final int SENTINEL_PORT = 26379;
  private static final Pattern HOST = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");

  private final URI uri;
  private final boolean encrypted;
  private final boolean sentinel;
  private final boolean cluster;
  private final Map<String, String> options;

  private ServerUri(URI uri) {
    this.uri = uri;
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    this.sentinel = scheme.endsWith("+sentinel");
    this.cluster = scheme.endsWith("+cluster");
    this.encrypted =
        switch (sentinel || cluster ? scheme.substring(0, scheme.indexOf('+')) : scheme) {
          case "valkey", "redis" -> false;
          case "valkeys", "rediss" -> true;
          default ->
              throw wrong(
                  "the scheme must be valkey, valkeys, redis or rediss, or with +sentinel or"
                      + " +cluster");
        };
    this.options = options();
  }

  /// @throws IllegalArgumentException when it is not of the form
  ///   `valkey://[user:password@]host[:port][/db]` or
  ///   `valkey+sentinel://[user:password@]host[:port],…/name[/db]` or
  ///   `valkey+cluster://[user:password@]host[:port],…`, with `valkeys` for TLS, and the options
  ///   `ca`, `cert`, `key` and `sentinel` after a question mark; the message hides the password
  static Whereabouts read(URI uri) {
    return new ServerUri(uri).whereabouts();
  }

  private Whereabouts whereabouts() {
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    var login = at < 0 ? null : login(authority.substring(0, at));
    var hosts = authority.substring(at + 1).split(",", -1);
    var path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    var tls = tls();
    if (cluster) {
      if (!path.isEmpty()) {
        throw wrong("a cluster has only one database");
      }
      var place = new Place(0, tls, login);
      return new Cluster(
          Arrays.stream(hosts).map(host -> address(host, SERVER_PORT, place)).toList());
    }
    if (!sentinel) {
      if (hosts.length > 1) {
        throw wrong("one host is enough; several are for valkey+sentinel:// and valkey+cluster://");
      }
      return address(hosts[0], SERVER_PORT, new Place(database(path), tls, login));
    }
    var name = path.split("/", 2);
    if (name[0].isEmpty()) {
      throw wrong("the path must begin with the name that the Sentinels have for the server");
    }
    var secret = options.get("sentinel");
    var door = new Place(0, tls, secret == null ? null : login(secret));
    var sentinels = new ArrayList<ServerAddress>();
    for (var host : hosts) {
      sentinels.add(address(host, SENTINEL_PORT, door));
    }
    var place = new Place(database(name.length < 2 ? "" : name[1]), tls, login);
    return new Sentinels(List.copyOf(sentinels), name[0], address("nowhere", SERVER_PORT, place));
  }

  private record Place(int database, @Nullable Tls tls, ServerAddress.@Nullable Login login) {}

  private ServerAddress address(String text, int defaultPort, Place place) {
    var parts = HOST.matcher(text);
    if (!parts.matches()) {
      throw wrong(text.isEmpty() ? "the host is missing" : "a host or port cannot be read");
    }
    var host = parts.group(1);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = parts.group(2) == null ? defaultPort : Integer.parseInt(parts.group(2));
    if (port < 1 || port > 65_535) {
      throw wrong("the port must be 1 to 65535");
    }
    return new ServerAddress(host, port, place.database, place.tls, place.login);
  }

  private int database(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]{1,6}")) {
      throw wrong(
          sentinel
              ? "behind the name there may be the number of a database"
              : "the path must be the number of a database");
    }
    return Integer.parseInt(text);
  }

  private Map<String, String> options() {
    if (uri.getFragment() != null) {
      throw wrong("a fragment is not understood");
    }
    var map = new HashMap<String, String>();
    var query = uri.getRawQuery();
    for (var option : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = option.indexOf('=');
      var name = equals < 0 ? option : option.substring(0, equals);
      boolean known =
          switch (name) {
            case "ca", "cert", "key" -> encrypted;
            case "sentinel" -> sentinel;
            default -> false;
          };
      if (!known || equals < 0) {
        throw wrong(
            "only the options ca, cert and key (with valkeys), and sentinel (with +sentinel) are"
                + " understood, each with a value");
      }
      var value = option.substring(equals + 1);
      map.put(name, name.equals("sentinel") ? value : decoded(value));
    }
    return Map.copyOf(map);
  }

  private @Nullable Tls tls() {
    if (!encrypted) {
      return null;
    }
    try {
      return new Tls(file("ca"), file("cert"), file("key"));
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Path file(String option) {
    var name = options.get(option);
    return name == null ? null : Path.of(name);
  }

  private static ServerAddress.@Nullable Login login(String userInfo) {
    if (userInfo.isEmpty()) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      return new ServerAddress.Login(null, decoded(userInfo));
    }
    var user = decoded(userInfo.substring(0, colon));
    return new ServerAddress.Login(
        user.isEmpty() ? null : user, decoded(userInfo.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "server address: "
            + what
            + ", in "
            + uri.getScheme()
            + "://"
            + (uri.getHost() == null ? "" : uri.getHost())
            + "…; write valkey://[user:password@]host[:port][/db], or"
            + " valkey+sentinel://[user:password@]host[:port],…/name[/db], or"
            + " valkey+cluster://[user:password@]host[:port],…");
  }
}
