package tg.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets no defect of the simulator pass in silence: it is logged, and the connection is closed.
/// Thread-safe.
///
/// @param closing once true, what goes wrong is the fault of the shutdown
record Guard(HttpHandler inner, AtomicBoolean closing) implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(Guard.class.getName());

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      inner.handle(exchange);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A client went away: {0}", e.getMessage());
      throw e;
    } catch (RuntimeException | Error e) {
      if (!closing.get()) {
        LOG.log(System.Logger.Level.ERROR, "The simulator has a defect; please report it", e);
      }
      throw e;
    }
  }
}
