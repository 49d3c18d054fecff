package tg.sim;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/// How to start a simulator. Immutable.
///
/// ```java
/// Sim.start(SimOptions.standard().port(8081).flood(true));
/// ```
///
/// @param port to listen on, on 127.0.0.1; 0 for a free one. Default: 0
/// @param tokens the only bot tokens that are allowed; each makes a bot at the start. Default:
///   empty, which allows every well-formed one, and a bot appears with its first call
/// @param clock what the simulator's clock, which can be advanced, is based on. Default: the
///   system's
/// @param flood whether Telegram's flood limits are enforced from the start. Default: no
/// @param answerWindow how long after a press of a button its callback may be answered. The real
///   one is not documented; reports say 10 to 20 s. Default: 15 s
public record SimOptions(
    int port, Set<String> tokens, InstantSource clock, boolean flood, Duration answerWindow) {
  private static final SimOptions STANDARD =
      new SimOptions(0, Set.of(), InstantSource.system(), false, Duration.ofSeconds(15));

  /// Checks the port and the tokens.
  ///
  /// @throws SimException if one makes no sense
  public SimOptions {
    tokens = Set.copyOf(tokens);
    if (port < 0 || port > 65_535) {
      throw SimException.invalid("A port is from 0 to 65535, not " + port);
    }
    tokens.forEach(Token::check);
  }

  /// {@return the defaults}
  public static SimOptions standard() {
    return STANDARD;
  }

  /// {@return the same with this port}
  ///
  /// @param other 0 for a free one
  public SimOptions port(int other) {
    return new SimOptions(other, tokens, clock, flood, answerWindow);
  }

  /// {@return the same with this token allowed too; the first one shuts out all others}
  ///
  /// @param more a well-formed token
  public SimOptions token(String more) {
    Set<String> all = new LinkedHashSet<>(tokens);
    all.add(more);
    return new SimOptions(port, all, clock, flood, answerWindow);
  }

  /// {@return the same with this clock}
  ///
  /// @param other see [#clock()]
  public SimOptions clock(InstantSource other) {
    return new SimOptions(port, tokens, other, flood, answerWindow);
  }

  /// {@return the same with flood limits on or off}
  ///
  /// @param on see [#flood()]
  public SimOptions flood(boolean on) {
    return new SimOptions(port, tokens, clock, on, answerWindow);
  }

  /// {@return the same with this window}
  ///
  /// @param other see [#answerWindow()]
  public SimOptions answerWindow(Duration other) {
    return new SimOptions(port, tokens, clock, flood, other);
  }

  @Override
  public String toString() {
    return "SimOptions[port=" + port + ", tokens=" + tokens.size() + ", flood=" + flood + "]";
  }
}
