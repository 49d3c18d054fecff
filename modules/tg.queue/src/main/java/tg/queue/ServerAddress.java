package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A host and how to log in there: the whereabouts of a server that never moves. Immutable; its
/// text hides the password.
///
/// @param host name or address
/// @param port 1 to 65535
/// @param database the number of the database
/// @param tls whether to encrypt
/// @param login who we are; null for nobody
record ServerAddress(String host, int port, int database, boolean tls, @Nullable Login login)
    implements Whereabouts {
  private static final int DEFAULT_PORT = 6379;

  /// User and password.
  ///
  /// @param user the user, or null for the server's default one
  /// @param password the secret
  record Login(@Nullable String user, String password) {
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /// Reads a URI.
  ///
  /// @throws IllegalArgumentException when it is not of the form
  ///   `valkey://[user:password@]host[:port][/db]`; the message hides the password
  static ServerAddress of(URI uri) {
    boolean tls =
        switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
          case "valkey", "redis" -> false;
          case "valkeys", "rediss" -> true;
          default -> throw wrong("the scheme must be valkey, valkeys, redis or rediss", uri);
        };
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw wrong("the host is missing", uri);
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw wrong("a query or a fragment is not understood", uri);
    }
    var host = uri.getHost();
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new ServerAddress(host, port, database(uri), tls, login(uri.getRawUserInfo()));
  }

  @Override
  public ServerAddress now() {
    return this;
  }

  /// {@return the same login and database at another place}
  ServerAddress at(String otherHost, int otherPort) {
    return new ServerAddress(otherHost, otherPort, database, tls, login);
  }

  private static int database(URI uri) {
    var path = uri.getPath();
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (!path.matches("/[0-9]{1,6}")) {
      throw wrong("the path must be the number of a database", uri);
    }
    return Integer.parseInt(path.substring(1));
  }

  private static @Nullable Login login(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      return new Login(null, decoded(userInfo));
    }
    var user = decoded(userInfo.substring(0, colon));
    return new Login(user.isEmpty() ? null : user, decoded(userInfo.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static IllegalArgumentException wrong(String what, URI uri) {
    return new IllegalArgumentException(
        "server address: "
            + what
            + ", in "
            + uri.getScheme()
            + "://"
            + (uri.getHost() == null ? "" : uri.getHost())
            + "…; write valkey://[user:password@]host[:port][/db]");
  }

  /// {@return the address without the login}
  @Override
  public String toString() {
    var name = host.contains(":") ? "[" + host + "]" : host;
    return (tls ? "valkeys://" : "valkey://") + name + ":" + port + "/" + database;
  }
}
