package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.pengrad.telegrambot.request.BaseRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/// HTTP to one server for one token: sends each request once, and never a second time. Thread-safe.
final class Wire implements AutoCloseable {
  private static final int REPLY_LIMIT = 32 * 1024 * 1024; // Telegram's own is about 4 MiB

  private final System.Logger log = System.getLogger("tg.api");
  private final HttpUrl server;
  private final BotToken token;
  private final Patience patience;
  private final OkHttpClient client;
  private final OkHttpClient pollingClient;
  private final Set<okhttp3.Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Wire(URI server, BotToken token, Patience patience) {
    this.server = address(server);
    this.token = token;
    this.patience = patience;
    this.client = client(this.server, patience);
    // A long poll is silent for as long as it was asked to be; its own deadline ends it.
    this.pollingClient = client.newBuilder().readTimeout(Duration.ZERO).build();
  }

  /// What is done with a response while its connection is open.
  interface Receiver<T> {
    T receive(Response response) throws IOException;
  }

  private static HttpUrl address(URI server) {
    var url = HttpUrl.parse(server.toString());
    if (url == null || server.getRawUserInfo() != null || server.getRawQuery() != null) {
      // The address is not repeated: somebody may have put the token into it.
      throw new IllegalArgumentException(
          "the server's address must look like https://host or http://host:port/prefix");
    }
    return url;
  }

  private static OkHttpClient client(HttpUrl server, Patience patience) {
    return new OkHttpClient.Builder()
        .connectTimeout(patience.connect())
        .writeTimeout(patience.write())
        .readTimeout(patience.read())
        .retryOnConnectionFailure(false)
        .followRedirects(false) // the token is in the path, and is for this server only
        .fastFallback(false) // connects on the calling thread, where an interrupt ends it
        .protocols(List.of(Protocol.HTTP_1_1))
        // Without TLS to do, OkHttp does not load the trust store.
        .connectionSpecs(
            List.of(server.isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT))
        .connectionPool(new ConnectionPool(8, 60, SECONDS))
        .eventListenerFactory(Trace::of)
        .build();
  }

  /// Makes a call.
  ///
  /// @throws ApiException when no reply came
  Reply post(BaseRequest<?, ?> request) {
    return post(client, request, request.isMultipart() ? patience.upload() : patience.call());
  }

  /// Makes a call that the server answers when it has something to say.
  ///
  /// @param wait how long the server was asked to wait
  /// @throws ApiException when no reply came
  Reply poll(BaseRequest<?, ?> request, Duration wait) {
    return post(pollingClient, request, wait.plus(patience.poll()));
  }

  private Reply post(OkHttpClient with, BaseRequest<?, ?> request, Duration deadline) {
    var trace = new Trace();
    var method = request.getMethod();
    var url =
        server.newBuilder().addPathSegment("bot" + token.secret()).addPathSegment(method).build();
    var http = trace.attach(new Request.Builder().url(url).post(Form.of(request)));
    long begin = System.nanoTime();
    try {
      var reply = execute(with.newCall(http), deadline, Wire::reply);
      log.log(Level.DEBUG, () -> method + ": HTTP " + reply.status() + took(begin));
      return reply;
    } catch (IOException e) {
      var what = describe(e);
      log.log(Level.DEBUG, () -> method + ": " + what + took(begin));
      throw new ApiException(
          method,
          trace.written() ? new ApiError.UnknownOutcome(what) : new ApiError.Unavailable(what));
    }
  }

  private static String took(long begin) {
    return " in " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms";
  }

  /// Fetches a file by the path that `getFile` gave.
  <T> T download(String path, Duration deadline, Receiver<T> receiver) throws IOException {
    var url =
        server
            .newBuilder()
            .addPathSegment("file")
            .addPathSegment("bot" + token.secret())
            .addPathSegments(path)
            .build();
    var call = client.newCall(new Request.Builder().url(url).build());
    return execute(call, deadline, receiver);
  }

  private <T> T execute(okhttp3.Call call, Duration deadline, Receiver<T> receiver)
      throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(); // nothing is written yet, which is worth knowing
    }
    call.timeout().timeout(deadline.toMillis(), MILLISECONDS);
    underWay.add(call);
    try {
      if (closed) {
        call.cancel();
      }
      try (var response = call.execute()) {
        return receiver.receive(response);
      }
    } finally {
      underWay.remove(call);
    }
  }

  static Reply reply(Response response) throws IOException {
    var bytes = response.body().byteStream().readNBytes(REPLY_LIMIT + 1);
    if (bytes.length > REPLY_LIMIT) {
      throw new IOException("the reply is longer than " + REPLY_LIMIT + " bytes");
    }
    return new Reply(response.code(), response.header("Retry-After"), new String(bytes, UTF_8));
  }

  /// {@return one line that says what went wrong, without the secret}
  String describe(IOException e) {
    if (closed) {
      return "closed";
    }
    if (Thread.currentThread().isInterrupted()) {
      return "interrupted";
    }
    var line = e.getClass().getSimpleName() + ": " + e.getMessage();
    return token.scrub(line.lines().findFirst().orElse(line));
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(okhttp3.Call::cancel);
    client.connectionPool().evictAll();
  }
}
