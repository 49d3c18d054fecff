package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One tab: real mouse and keyboard events in, conditions and pictures out.
final class WebPage implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;

  private final DevTools tools;
  private final String context;
  private final String session;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  WebPage(DevTools tools, String context, String session) {
    this.tools = tools;
    this.context = context;
    this.session = session;
    tools.onEvent(this::listen);
    for (String domain : List.of("Page", "Runtime", "Log", "DOM")) {
      call(domain + ".enable", Json.object());
    }
    call("Emulation.setFocusEmulationEnabled", Json.object().add("enabled", true));
    size(1280, 800);
  }

  WebPage go(URI address) {
    call("Page.navigate", Json.object().add("url", address.toString()));
    return until("document.readyState === 'complete' && document.querySelector('.me .avatar')");
  }

  WebPage size(int width, int height) {
    JsonObject metrics =
        Json.object()
            .add("width", width)
            .add("height", height)
            .add("deviceScaleFactor", 1)
            .add("mobile", width < 500);
    call("Emulation.setDeviceMetricsOverride", metrics);
    return this;
  }

  WebPage prefers(String feature, String value) {
    JsonArray features = new JsonArray();
    features.add(Json.object().add("name", feature).add("value", value));
    call("Emulation.setEmulatedMedia", Json.object().add("features", features));
    return this;
  }

  /// The value of a JavaScript expression; a promise is waited for.
  JsonValue js(String expression) {
    JsonObject request =
        Json.object()
            .add("expression", expression)
            .add("awaitPromise", true)
            .add("returnByValue", true);
    JsonObject result = call("Runtime.evaluate", request);
    if (result.get("exceptionDetails") != null) {
      throw new AssertionError(expression + "\n" + result.get("exceptionDetails"));
    }
    JsonValue value = result.get("result").asObject().get("value");
    return value == null ? Json.NULL : value;
  }

  /// Waits, inside the page, until the expression is true; fails with what the page shows then.
  WebPage until(String condition) {
    String wait =
        """
        new Promise((resolve) => {
          const end = Date.now() + %d;
          const look = () => {
            let met = false;
            try { met = Boolean(%s); } catch { met = false; }
            if (met || Date.now() > end) resolve(met); else setTimeout(look, 15);
          };
          look();
        })
        """
            .formatted(PATIENCE_MILLIS, condition);
    if (!js(wait).asBoolean()) {
      String shown = js("document.body?.innerText ?? ''").asString();
      throw new AssertionError("the page never met: " + condition + "\nit shows:\n" + shown);
    }
    return this;
  }

  /// Waits for an element whose text contains `text`.
  WebPage sees(String selector, String text) {
    return until(
        "[...document.querySelectorAll(%s)].some((e) => e.textContent.includes(%s))"
            .formatted(Json.value(selector), Json.value(text)));
  }

  WebPage seesNot(String selector) {
    return until("!document.querySelector(%s)".formatted(Json.value(selector)));
  }

  String text(String selector) {
    return js("document.querySelector(%s).textContent".formatted(Json.value(selector))).asString();
  }

  /// A real click in the middle of an element, once it is there and stands still.
  WebPage click(String selector) {
    JsonValue quoted = Json.value(selector);
    until("document.querySelector(%s)?.checkVisibility()".formatted(quoted));
    JsonObject at =
        js(("(async () => { const e = document.querySelector(%s);"
                    + " e.scrollIntoView({block: 'nearest', behavior: 'instant'});"
                    + " await Promise.all(e.getAnimations({subtree: false}).map((a) => a.effect"
                    + ".getComputedTiming().iterations === Infinity ? 0 : a.finished));"
                    + " const b = e.getBoundingClientRect();"
                    + " return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()")
                .formatted(quoted))
            .asObject();
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      JsonObject event =
          Json.object()
              .add("type", type)
              .add("x", at.get("x"))
              .add("y", at.get("y"))
              .add("button", type.equals("mouseMoved") ? "none" : "left")
              .add("clickCount", 1);
      call("Input.dispatchMouseEvent", event);
    }
    return this;
  }

  /// Types into whatever has the focus.
  WebPage type(String text) {
    call("Input.insertText", Json.object().add("text", text));
    return this;
  }

  /// Presses and releases a key by its name, for example `Enter`, `Escape`, `ArrowUp`.
  WebPage press(String key) {
    return press(key, 0);
  }

  /// The same with modifiers: 1 Alt, 2 Control, 4 Meta, 8 Shift.
  WebPage press(String key, int modifiers) {
    int code =
        switch (key) {
          case "Enter" -> 13;
          case "Escape" -> 27;
          case "ArrowUp" -> 38;
          case "ArrowDown" -> 40;
          case "Tab" -> 9;
          default -> throw new IllegalArgumentException(key);
        };
    JsonObject down =
        Json.object()
            .add("type", "keyDown")
            .add("key", key)
            .add("code", key)
            .add("modifiers", modifiers)
            .add("windowsVirtualKeyCode", code);
    if (key.equals("Enter")) {
      down.add("text", "\r");
    }
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", new JsonObject(down).set("type", "keyUp").remove("text"));
    return this;
  }

  /// Chooses a file in a file input, as a person would in the dialog.
  WebPage choose(String selector, Path file) {
    JsonObject document = call("DOM.getDocument", Json.object()).get("root").asObject();
    JsonObject query =
        Json.object().add("nodeId", document.get("nodeId")).add("selector", selector);
    JsonObject request =
        Json.object()
            .add("files", new JsonArray().add(file.toAbsolutePath().toString()))
            .add("nodeId", call("DOM.querySelector", query).get("nodeId"));
    call("DOM.setFileInputFiles", request);
    return this;
  }

  /// Uncaught exceptions, console errors and policy violations so far.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// A PNG under target/screenshots/.
  Path screenshot(String name) {
    js(
        "document.fonts.ready.then(() => Promise.all(document.getAnimations()"
            + ".filter((a) => a.effect.getComputedTiming().iterations !== Infinity)"
            + ".map((a) => a.finished))).then(() => true)");
    JsonObject picture = call("Page.captureScreenshot", Json.object().add("format", "png"));
    try {
      Path file = Files.createDirectories(Path.of("target", "screenshots")).resolve(name + ".png");
      return Files.write(file, Base64.getDecoder().decode(picture.getString("data", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    tools.call(
        null, "Target.disposeBrowserContext", Json.object().add("browserContextId", context));
  }

  private JsonObject call(String method, JsonObject params) {
    return tools.call(session, method, params);
  }

  private void listen(JsonObject event) {
    if (!session.equals(event.getString("sessionId", ""))) {
      return;
    }
    JsonObject params = event.get("params").asObject();
    switch (event.getString("method", "")) {
      case "Runtime.exceptionThrown" -> complaints.add(params.get("exceptionDetails").toString());
      case "Log.entryAdded" -> {
        JsonObject entry = params.get("entry").asObject();
        if (entry.getString("level", "").equals("error")) {
          complaints.add(entry.getString("source", "") + ": " + entry.getString("text", ""));
        }
      }
      default -> {}
    }
  }
}
