package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/// The arguments of a command, in the making. Confined to one thread at a time.
final class Args {
  private static final int SMALL = 256;
  private static final byte[][] NUMBERS = new byte[SMALL][];

  static {
    for (int i = 0; i < SMALL; i++) {
      NUMBERS[i] = Integer.toString(i).getBytes(ISO_8859_1);
    }
  }

  private final List<byte[]> list = new ArrayList<>();

  /// Adds a name, an id or a word: ASCII by the rules for names.
  Args add(String value) {
    list.add(value.getBytes(ISO_8859_1));
    return this;
  }

  Args add(byte[] value) {
    list.add(value);
    return this;
  }

  Args add(long value) {
    list.add(bytes(value));
    return this;
  }

  /// Keeps a place for a number that is known later.
  int place() {
    list.add(NUMBERS[0]);
    return list.size() - 1;
  }

  void set(int place, long value) {
    list.set(place, bytes(value));
  }

  /// How many there are.
  int size() {
    return list.size();
  }

  /// All of them.
  List<byte[]> words() {
    return list;
  }

  /// The whole EVALSHA: digest, one key, the arguments.
  byte[][] toCall(byte[] digest, byte[] key) {
    var call = new byte[list.size() + 3][];
    call[0] = digest;
    call[1] = NUMBERS[1];
    call[2] = key;
    for (int i = 0; i < list.size(); i++) {
      call[i + 3] = list.get(i);
    }
    return call;
  }

  /// Numbers as the arguments of a plain command.
  static byte[][] words(long... values) {
    var words = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      words[i] = bytes(values[i]);
    }
    return words;
  }

  private static byte[] bytes(long value) {
    return value >= 0 && value < SMALL
        ? NUMBERS[(int) value]
        : Long.toString(value).getBytes(ISO_8859_1);
  }
}
