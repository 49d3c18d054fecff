package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom to trust, and who we are. The files are in PEM and are read for each connection, so that
/// they may be renewed. Immutable.
///
/// @param authorities certificates of those whom we trust to vouch for a server; null: those of the
///   JDK, or of its property `javax.net.ssl.trustStore`
/// @param certificate our own, and those that lead to an authority; null: we show none, or that of
///   `javax.net.ssl.keyStore` when there are no authorities either
/// @param key the private key of our certificate, in PKCS #8; null with it
record Tls(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final System.Logger LOG = System.getLogger("tg.queue");

  Tls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate and its key go together: cert and key");
    }
  }

  /// Encrypts a connection, and checks that the server is the one of that name.
  Socket over(Socket plain, ServerAddress there) throws IOException {
    var socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(plain, there.host(), there.port(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /// Whether a connection failed because one side does not trust the other: trying again is in vain
  /// until somebody changes a certificate.
  static boolean distrust(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var message = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateException
          || cause instanceof BadFile
          || (cause instanceof SSLException && message.contains("fatal alert"))) {
        return true;
      }
    }
    return false;
  }

  /// A file that cannot be used.
  static final class BadFile extends IOException {
    private static final long serialVersionUID = 1L;

    private BadFile(@Nullable Path file, Exception cause) {
      super("cannot use " + file + ": " + Failures.describe(cause), cause);
    }
  }

  private SSLContext context() throws IOException {
    try {
      if (authorities == null && certificate == null) {
        return SSLContext.getDefault();
      }
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS does not work here: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (authorities != null) {
      store = empty();
      int number = 0;
      for (var authority : certificates(authorities)) {
        store.setCertificateEntry("authority " + ++number, authority);
      }
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    var nothing = new char[0];
    if (certificate == null || key == null) {
      return null;
    }
    var store = empty();
    var chain = certificates(certificate).toArray(Certificate[]::new);
    store.setKeyEntry("us", privateKey(key), nothing, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, nothing);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file) throws BadFile {
    try (var in = Files.newInputStream(file)) {
      var found =
          List.<Certificate>copyOf(
              CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (found.isEmpty()) {
        throw new CertificateException("there is no certificate in it");
      }
      return found;
    } catch (IOException | CertificateException e) {
      throw new BadFile(file, e);
    }
  }

  private static PrivateKey privateKey(Path file) throws BadFile {
    try {
      var found = KEY.matcher(Files.readString(file, ISO_8859_1));
      if (!found.find()) {
        throw new InvalidKeySpecException(
            "there is no BEGIN PRIVATE KEY in it; convert it: openssl pkcs8 -topk8 -nocrypt");
      }
      var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
      for (var algorithm : List.of("EC", "RSA", "EdDSA")) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
          LOG.log(System.Logger.Level.DEBUG, "{0} has no key for {1}", file, algorithm);
        }
      }
      throw new InvalidKeySpecException("it must be a key for EC, RSA or EdDSA");
    } catch (IOException | GeneralSecurityException e) {
      throw new BadFile(file, e);
    }
  }
}
