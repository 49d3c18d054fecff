package tg.sim;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where and how a bot wants its updates pushed. Immutable.
///
/// @param secret sent in a header, or empty
record WebhookSettings(String url, String secret, int maxConnections) {
  private static final Set<Integer> PORTS = Set.of(443, 80, 88, 8443);

  static WebhookSettings of(Args args) {
    String secret = args.text("secret_token");
    if (secret.length() > 256) {
      throw ApiError.bad("secret token is too long");
    }
    if (!secret.matches("[A-Za-z0-9_-]*")) {
      throw ApiError.bad("secret token contains unallowed characters");
    }
    String url = args.text("url").strip();
    check(url);
    return new WebhookSettings(url, secret, args.integer("max_connections", 40, 1, 100));
  }

  /* Telegram wants https and one of four ports; to this machine, plain http and any port will do, as with the official server's --local. */
  private static void check(String url) {
    URI uri = parsed(url.contains("://") ? url : "https://" + url);
    String host = uri.getHost();
    if (host == null) {
      throw ApiError.of(400, "Bad Request: invalid webhook URL specified");
    }
    if (host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.")) {
      return;
    }
    if (!"https".equals(uri.getScheme())) {
      throw ApiError.of(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (uri.getPort() != -1 && !PORTS.contains(uri.getPort())) {
      throw ApiError.of(
          400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    }
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw ApiError.of(400, "Bad Request: invalid webhook URL specified");
    }
  }

  URI target() {
    return parsed(url.contains("://") ? url : "https://" + url);
  }
}
