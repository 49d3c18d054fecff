package tg.api;

import com.pengrad.telegrambot.request.BaseRequest;
import java.io.File;
import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// The body of a request: a form, or a multipart form when there is a file to upload. It can be
/// written once; told so, OkHttp does not repeat a request after a 503 with `Retry-After: 0`.
final class Form extends RequestBody {
  private final RequestBody body;

  private Form(RequestBody body) {
    this.body = body;
  }

  static Form of(BaseRequest<?, ?> request) {
    return new Form(request.isMultipart() ? multipart(request) : urlEncoded(request));
  }

  private static RequestBody urlEncoded(BaseRequest<?, ?> request) {
    var form = new FormBody.Builder();
    request.getParameters().forEach((name, value) -> form.add(name, plain(name, value)));
    return form.build();
  }

  private static RequestBody multipart(BaseRequest<?, ?> request) {
    var form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    request
        .getParameters()
        .forEach((name, value) -> {
          var type = MediaType.parse(request.getContentType());
          switch (value) {
            case File file ->
                form.addFormDataPart(name, request.getFileName(), RequestBody.create(file, type));
            case byte[] bytes ->
                form.addFormDataPart(name, request.getFileName(), RequestBody.create(bytes, type));
            default -> form.addFormDataPart(name, plain(name, value));
          }
        });
    return form.build();
  }

  private static String plain(String name, Object value) {
    return switch (value) {
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default ->
          throw new IllegalStateException(name + " would need Gson; give it as JSON text instead");
    };
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    body.writeTo(sink);
  }

  @Override
  public boolean isOneShot() {
    return true;
  }
}
