package tg.sim;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs the methods of a test class only where there is a Chromium.
///
/// Where there is none, a CI run fails and says what to install; any other run says loudly that
/// this part was not tested.
final class BrowserTests implements BeforeAllCallback, InvocationInterceptor {
  static final String WHAT_TO_DO =
      "no Chromium was found: install the package `chromium`, or set CHROME_BIN to the program";

  @Override
  public void beforeAll(ExtensionContext context) {
    if (Chromium.find().isPresent()) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError("the web chat must be tested in a browser, and " + WHAT_TO_DO);
    }
    System.err.println(
        "=====> NOT RUN: the browser part of " + context.getDisplayName() + "; " + WHAT_TO_DO);
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyWithBrowser(invocation);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyWithBrowser(invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyWithBrowser(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyWithBrowser(invocation);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyWithBrowser(invocation);
  }

  private static void onlyWithBrowser(Invocation<@Nullable Void> invocation) throws Throwable {
    if (Chromium.find().isPresent()) {
      invocation.proceed();
    } else {
      invocation.skip();
    }
  }
}
