package tg.chaos;

import java.util.Locale;
import java.util.Random;

/// What the handler of a job will do; travels in the payload. Immutable.
///
/// @param uid the name of the wish to enqueue it, unique in a run; not the job's id
/// @param kind how it ends
/// @param millis how long it takes
/// @param stubborn whether it goes on when it is interrupted
record Work(String uid, Kind kind, int millis, boolean stubborn) {
  /// How it ends.
  enum Kind {
    /// Well.
    DONE,
    /// Well, with a follow-up job.
    FOLLOWED,
    /// The first time it throws.
    THROWS,
    /// The first time it asks for another attempt, with a follow-up job that tells of it; then
    /// well, with a follow-up job.
    RETRIES,
    /// Badly, with a follow-up job.
    FAILS
  }

  static Work random(String uid, Random random) {
    int dice = random.nextInt(20);
    var kind =
        dice < 8
            ? Kind.DONE
            : dice < 14
                ? Kind.FOLLOWED
                : dice < 16 ? Kind.THROWS : dice < 18 ? Kind.RETRIES : Kind.FAILS;
    // Some outlive a pause of their worker, and end when they no longer own their job.
    int millis = random.nextInt(30) == 0 ? 1_000 + random.nextInt(7_000) : random.nextInt(80);
    return new Work(uid, kind, millis, random.nextBoolean());
  }

  /// What a follow-up job carries.
  Work effect(long attempt, String ending) {
    return new Work("effect/" + uid + "/" + attempt + "/" + ending, Kind.DONE, 0, true);
  }

  String text() {
    return uid + " " + kind + " " + millis + " " + stubborn;
  }

  static Work read(String text) {
    var words = text.split(" ", -1);
    return new Work(
        words[0],
        Kind.valueOf(words[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(words[2]),
        Boolean.parseBoolean(words[3]));
  }
}
