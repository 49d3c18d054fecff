package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A job on its way from one partition to another, as a server keeps it: the words of a run as
/// `adding.lua` reads them, each with its length in front (`5:hello`).
final class ParcelBytes {
  private ParcelBytes() {}

  /// @param there the place where the job belongs
  static byte[] write(Store.Ticket ticket, Place there) {
    var args = new Args();
    var runs = new AddedRuns(args, "", there);
    runs.add(0, ticket);
    runs.end();
    var bytes = new ByteArrayOutputStream();
    for (var word : args.words()) {
      bytes.writeBytes((word.length + ":").getBytes(ISO_8859_1));
      bytes.writeBytes(word);
    }
    return bytes.toByteArray();
  }

  /// Adds the words to the arguments, with the parcel's number as the run's owner.
  static void read(Partition.Parcel parcel, Args args) {
    var words = words((byte[]) parcel.content());
    args.add(parcel.number());
    words.subList(1, words.size()).forEach(args::add);
  }

  private static List<byte[]> words(byte[] bytes) {
    var words = new ArrayList<byte[]>();
    int at = 0;
    while (at < bytes.length) {
      int length = 0;
      for (; bytes[at] != ':'; at++) {
        length = length * 10 + (bytes[at] - '0');
      }
      words.add(Arrays.copyOfRange(bytes, at + 1, at + 1 + length));
      at += 1 + length;
    }
    return words;
  }
}
