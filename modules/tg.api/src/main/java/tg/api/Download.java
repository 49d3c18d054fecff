package tg.api;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import okhttp3.Response;

/// Stores a file of Telegram's: beside its place first, then moved there in one step, so that it is
/// complete or not there. A crash may leave the file beside it, whose name ends in `.part`.
final class Download {
  private static final int BUFFER = 64 * 1024;

  private final Wire wire;
  private final BotToken token;
  private final Call.GetFile call;
  private final long expected;

  /// @param expected the size that Telegram announced; -1 when it did not
  Download(Wire wire, BotToken token, Call.GetFile call, long expected) {
    this.wire = wire;
    this.token = token;
    this.call = call;
    this.expected = expected;
  }

  /// Fetches the file.
  ///
  /// @param path as `getFile` gave it
  /// @param remaining what is left of the deadline
  /// @return where it is now
  /// @throws ApiException when it is not there
  Path fetch(String path, Duration remaining) {
    if (expected > call.maxBytes()) {
      throw tooBig();
    }
    if (remaining.toMillis() <= 0) {
      throw failed(new ApiError.Unavailable("no time was left to fetch the file"));
    }
    try {
      var place = call.to().toAbsolutePath();
      var part = Files.createTempFile(place.getParent(), place.getFileName() + ".", ".part");
      try {
        wire.download(path, remaining, response -> store(response, part));
        return Files.move(
            part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // Fetching changes nothing at Telegram, so it can always be repeated.
      throw failed(new ApiError.Unavailable(wire.describe(e)));
    }
  }

  private Path store(Response response, Path part) throws IOException {
    if (response.code() != 200) {
      throw refused(response);
    }
    if (response.body().contentLength() > call.maxBytes()) {
      throw tooBig();
    }
    long size = 0;
    try (var in = response.body().byteStream();
        var out = FileChannel.open(part, StandardOpenOption.WRITE)) {
      var sink = Channels.newOutputStream(out);
      var buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (size > call.maxBytes()) {
          throw tooBig();
        }
        sink.write(buffer, 0, n);
      }
      out.force(true);
    }
    if (expected >= 0 && size != expected) {
      throw new IOException("got " + size + " of " + expected + " bytes");
    }
    return part;
  }

  private ApiException refused(Response response) throws IOException {
    if (response.code() == 404) {
      return failed(new ApiError.BadRequest(404, "Telegram does not keep this file any more"));
    }
    return failed(
        switch (Wire.reply(response).meaning(token)) {
          case Reply.Refused(ApiError.UnknownOutcome(var what)) -> new ApiError.Unavailable(what);
          case Reply.Refused(var error) -> error;
          case Reply.Ok _ -> new ApiError.Unavailable("HTTP " + response.code());
        });
  }

  private ApiException tooBig() {
    return failed(
        new ApiError.BadRequest(413, "the file is larger than " + call.maxBytes() + " bytes"));
  }

  private static ApiException failed(ApiError error) {
    return new ApiException("download", error);
  }
}
