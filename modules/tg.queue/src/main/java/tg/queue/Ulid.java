package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Makes ids of 26 characters that sort by the time of their making, and strictly grow within one
/// maker (the ULID specification, monotonic). Thread-safe.
final class Ulid {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final InstantSource clock;
  private final RandomGenerator random;
  private long lastMillis = -1;
  private long high;
  private long low;

  Ulid(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// {@return the next id; greater than all before it, even if the clock was set back}
  synchronized String next() {
    long millis = clock.millis();
    if (millis > lastMillis) {
      lastMillis = millis;
      high = random.nextLong() & 0xFF_FFFF_FFFFL;
      low = random.nextLong() & 0xFF_FFFF_FFFFL;
    } else if (++low > 0xFF_FFFF_FFFFL) {
      low = 0;
      high = (high + 1) & 0xFF_FFFF_FFFFL;
      lastMillis += high == 0 ? 1 : 0;
    }
    var text = new byte[26];
    write(text, 0, 10, lastMillis);
    write(text, 10, 8, high);
    write(text, 18, 8, low);
    return new String(text, ISO_8859_1);
  }

  private static void write(byte[] text, int from, int digits, long value) {
    long rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = (byte) DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
  }
}
