package tg.queue;

import java.util.regex.Pattern;

/// What the server says it is. Immutable.
///
/// @param product Valkey or Redis
/// @param version as it writes it
record ServerVersion(String product, String version) {
  private static final Pattern VALKEY = Pattern.compile("(?m)^valkey_version:(\\S+)");
  private static final Pattern REDIS = Pattern.compile("(?m)^redis_version:(\\S+)");

  /// Reads the answer to INFO server.
  static ServerVersion read(String info) {
    var valkey = VALKEY.matcher(info);
    if (valkey.find()) {
      return new ServerVersion("Valkey", valkey.group(1));
    }
    var redis = REDIS.matcher(info);
    return new ServerVersion("Redis", redis.find() ? redis.group(1) : "0");
  }

  /// Whether it knows the commands that we use: Valkey from 7.2, Redis from 7.0.
  boolean sufficient() {
    var parts = version.split("[.-]", -1);
    int major = number(parts, 0);
    int minor = number(parts, 1);
    return product.equals("Valkey") ? major > 7 || (major == 7 && minor >= 2) : major >= 7;
  }

  private static int number(String[] parts, int index) {
    return index < parts.length && parts[index].matches("[0-9]{1,6}")
        ? Integer.parseInt(parts[index])
        : 0;
  }

  @Override
  public String toString() {
    return product + " " + version;
  }
}
