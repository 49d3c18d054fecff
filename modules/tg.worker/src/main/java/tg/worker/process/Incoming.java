package tg.worker.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tg.api.ApiError;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.Telegram;
import tg.outbox.Task;
import tg.queue.Job;
import tg.text.Voice;
import tg.worker.UserError;

/// The files that people sent, each on disk for as long as an attempt at its task. Thread-safe.
///
/// This process has a folder of its own with a locked file in it. The lock ends with the process,
/// however it ends; then the next one on this machine deletes the folder: when it starts, and
/// before it begins a task that has a file or that a dead process had begun.
final class Incoming implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.worker");
  private static final String PREFIX = "tg-files-";
  private static final String LOCK = "lock";

  /// What Telegram lets a bot fetch (Bot API, getFile).
  static final long LARGEST = 20 << 20;

  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int LONGEST_NAME = 80;

  private final Telegram telegram;
  private final Path base;
  private final Path own;
  private final FileChannel lock;

  private Incoming(Telegram telegram, Path base, Path own, FileChannel lock) {
    this.telegram = telegram;
    this.base = base;
    this.own = own;
    this.lock = lock;
  }

  /// Makes the folder, and deletes those of dead processes.
  ///
  /// @param base the folder for files
  static Incoming in(Path base, Telegram telegram) {
    try {
      Files.createDirectories(base);
      // Locked before it has its name, so that nobody takes it for a dead one's.
      var fresh = Files.createTempDirectory(base, ".tg-files-");
      var lock =
          FileChannel.open(
              fresh.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new IOException("a new file is locked by somebody else");
      }
      var own =
          base.resolve(PREFIX + fresh.getFileName().toString().substring(PREFIX.length() + 1));
      Files.move(fresh, own);
      var incoming = new Incoming(telegram, base, own, lock);
      incoming.sweep();
      return incoming;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use TG_FILES=" + base + ": " + e.getMessage(), e);
    }
  }

  /// A file while it is needed, or none.
  record Opened(tg.worker.Task.@Nullable File file, @Nullable Path folder)
      implements AutoCloseable {
    @Override
    public void close() {
      if (folder != null) {
        remove(folder);
      }
    }
  }

  /// Fetches the file of a task.
  ///
  /// @param wanted whether the handler wants it
  /// @throws UserError when Telegram will never give it
  /// @throws ApiException when it does not give it now
  Opened open(Task task, boolean wanted, Voice<Phrase> voice, Job job) throws UserError {
    var ref = task.file();
    if (job.tries().crashes() > 0 || (ref != null && wanted)) {
      sweep();
    }
    if (ref == null || !wanted) {
      return new Opened(null, null);
    }
    if (ref.bytes() > LARGEST) {
      throw new UserError(voice.say(Phrase.FILE_TOO_LARGE, LARGEST >> 20));
    }
    Path folder;
    try {
      folder = Files.createTempDirectory(own, "task-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      var place = folder.resolve(safe(ref.name()));
      telegram.call(new Call.GetFile(ref, place, LARGEST, DEADLINE));
      return new Opened(
          new tg.worker.Task.File(place, ref.name(), ref.mediaType(), place.toFile().length()),
          folder);
    } catch (ApiException e) {
      remove(folder);
      throw refusal(e, voice);
    } catch (RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  private static UserError refusal(ApiException e, Voice<Phrase> voice) {
    if (e.error() instanceof ApiError.BadRequest(_, var words)) {
      return new UserError(
          words.contains("too big") || words.contains("larger")
              ? voice.say(Phrase.FILE_TOO_LARGE, LARGEST >> 20)
              : voice.say(Phrase.FILE_GONE));
    }
    throw e;
  }

  /// A name that is harmless for a file system and for a shell.
  static String safe(String name) {
    var safe = name.replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceAll("^[.-]+", "");
    if (safe.length() > LONGEST_NAME) {
      safe = safe.substring(safe.length() - LONGEST_NAME);
      safe = Character.isLowSurrogate(safe.charAt(0)) ? safe.substring(1) : safe;
    }
    return safe.isEmpty() || safe.equals(LOCK) ? "file" : safe;
  }

  /// Deletes the folders of dead processes.
  void sweep() {
    try (var folders = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (var folder : folders) {
        if (!folder.equals(own) && dead(folder)) {
          remove(folder);
          LOG.log(Level.INFO, "deleted the files of a process that died: " + folder);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot look for old files in " + base + ": " + e);
    }
  }

  private static boolean dead(Path folder) {
    try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      // Somebody else is deleting it, or died while it did.
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, folder + " is not ours to delete: " + e);
      return false;
    }
  }

  private static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // Somebody else was faster.
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot delete " + folder + ": " + e);
    }
  }

  @Override
  public void close() {
    remove(own);
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the lock of " + own + " ends with this process: " + e);
    }
  }
}
