package tg.worker.handlers;

import java.util.BitSet;
import java.util.Locale;
import tg.text.Phrases;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// `/primes N` counts the primes below N: real work for a processor, with progress, prompt to stop
/// when interrupted.
public final class Primes implements TaskHandler {
  private static final long MAX = 1_000_000_000L;
  private static final int SEGMENT = 1 << 18;

  private final Phrases<Said> phrases = Said.load();

  /// Called by the service loader.
  public Primes() {}

  @Override
  public String name() {
    return "primes";
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public String help(Locale language) {
    return Said.in(phrases, language).say(Said.PRIMES_HELP);
  }

  @Override
  public Answer handle(Task task, Progress progress) throws UserError, InterruptedException {
    var voice = Said.in(phrases, task.user().language());
    long limit;
    try {
      limit = Long.parseLong(task.text().strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw new UserError(voice.say(Said.PRIMES_ASK));
    }
    if (limit < 0 || limit > MAX) {
      throw new UserError(voice.say(Said.PRIMES_LIMIT, MAX));
    }
    var words = voice.say(Said.SIEVING);
    long count = countBelow(limit, (percent, _) -> progress.report(percent, words));
    return Answer.text(voice.count(Said.PRIMES_ANSWER, count, limit));
  }

  /// The sieve of Eratosthenes in segments that fit a cache.
  static long countBelow(long limit, Progress progress) throws InterruptedException {
    var small = smallPrimes((int) Math.sqrt((double) limit) + 1);
    long count = 0;
    var composite = new BitSet(SEGMENT);
    for (long low = 2; low < limit; low += SEGMENT) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int size = (int) Math.min(SEGMENT, limit - low);
      composite.clear();
      for (int prime : small) {
        long square = (long) prime * prime;
        if (square >= low + size) {
          break;
        }
        long first = Math.max(square, (low + prime - 1) / prime * prime);
        for (long multiple = first; multiple < low + size; multiple += prime) {
          composite.set((int) (multiple - low));
        }
      }
      count += size - composite.cardinality();
      progress.report((int) (low * 100 / limit), "");
    }
    return count;
  }

  private static int[] smallPrimes(int below) {
    var composite = new BitSet(below + 1);
    for (int i = 2; (long) i * i <= below; i = composite.nextClearBit(i + 1)) {
      for (int multiple = i * i; multiple <= below; multiple += i) {
        composite.set(multiple);
      }
    }
    composite.flip(0, below + 1);
    composite.clear(0, 2);
    return composite.stream().toArray();
  }
}
