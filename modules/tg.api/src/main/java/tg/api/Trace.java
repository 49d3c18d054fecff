package tg.api;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;

/// Notes whether a request may have reached the server. Thread-safe.
final class Trace extends EventListener {
  private volatile boolean written;

  /// {@return the listener of a call: its request carries a trace as a tag}
  static EventListener of(Call call) {
    var trace = call.request().tag(Trace.class);
    return trace == null ? EventListener.NONE : trace;
  }

  Request attach(Request.Builder request) {
    return request.tag(Trace.class, this).build();
  }

  @Override
  public void requestHeadersStart(Call call) {
    written = true;
  }

  boolean written() {
    return written;
  }
}
