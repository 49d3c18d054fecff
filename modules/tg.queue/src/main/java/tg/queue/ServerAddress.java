package tg.queue;

import org.jspecify.annotations.Nullable;

/// A host and how to log in there: the whereabouts of a server that never moves. Its name is
/// resolved for each connection. Immutable; its text hides the password.
///
/// @param host name or address
/// @param port 1 to 65535
/// @param database the number of the database
/// @param tls how to encrypt; null for not at all
/// @param login who we are; null for nobody
record ServerAddress(String host, int port, int database, @Nullable Tls tls, @Nullable Login login)
    implements Whereabouts {

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

  @Override
  public ServerAddress now() {
    return this;
  }

  /// {@return the same login, database and encryption at another place}
  ServerAddress at(String otherHost, int otherPort) {
    return new ServerAddress(otherHost, otherPort, database, tls, login);
  }

  /// {@return host and port, as in a URI}
  String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /// {@return the address without the login}
  @Override
  public String toString() {
    return (tls == null ? "valkey://" : "valkeys://") + authority() + "/" + database;
  }
}
