package tg.bot;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.Telegram;
import tg.outbox.Catalog;
import tg.process.Settings;
import tg.queue.QueueException;
import tg.text.Voice;

/// Keeps the command menu in Telegram's apps as it should be: for everybody in each language, and
/// with more in it for the bot's admins. Set anew when the workers can do something else.
/// Thread-safe.
final class Menu implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final long EVERY_SECONDS = 30;
  private static final int LONGEST = 256;

  private final Telegram telegram;
  private final Voices voices;
  private final Settings.Talk talk;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Catalog shown;

  Menu(Telegram telegram, Voices voices, Settings.Talk talk) {
    this.telegram = telegram;
    this.voices = voices;
    this.talk = talk;
  }

  /// {@return the bot's own commands}
  static List<Call.Command> own(Voice<Phrase> voice, boolean admin) {
    var commands = new ArrayList<Call.Command>();
    commands.add(new Call.Command("status", voice.say(Phrase.COMMAND_STATUS)));
    commands.add(new Call.Command("cancel", voice.say(Phrase.COMMAND_CANCEL)));
    commands.add(new Call.Command("lang", voice.say(Phrase.COMMAND_LANG)));
    commands.add(new Call.Command("help", voice.say(Phrase.COMMAND_HELP)));
    if (admin) {
      commands.add(new Call.Command("queue", voice.say(Phrase.COMMAND_QUEUE)));
      commands.add(new Call.Command("workers", voice.say(Phrase.COMMAND_WORKERS)));
      commands.add(new Call.Command("failed", voice.say(Phrase.COMMAND_FAILED)));
      commands.add(new Call.Command("retry", voice.say(Phrase.COMMAND_RETRY)));
      commands.add(new Call.Command("pause", voice.say(Phrase.COMMAND_PAUSE)));
      commands.add(new Call.Command("resume", voice.say(Phrase.COMMAND_RESUME)));
    }
    return commands;
  }

  static Menu start(Telegram telegram, Voices voices, Settings.Talk talk) {
    var menu = new Menu(telegram, voices, talk);
    Thread.ofVirtual().name("menu").start(menu::run);
    return menu;
  }

  private void run() {
    try {
      do {
        try {
          refresh();
        } catch (QueueException | ApiException e) {
          LOG.log(Level.WARNING, "the command menu is not set, again later: " + e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "the command menu is not set", e);
        }
      } while (!stopping.await(EVERY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void refresh() {
    var catalog = Commands.catalog(voices.notes());
    if (catalog.equals(shown)) {
      return;
    }
    var languages = voices.phrases().languages();
    for (var language : languages) {
      var voice = voices.in(language);
      telegram.call(new Call.SetCommands(commands(catalog, voice, false), language, 0));
      if (language.equals(languages.getFirst())) {
        telegram.call(new Call.SetCommands(commands(catalog, voice, false), null, 0));
      }
      talk.admins().forEach(admin -> forAdmin(admin, commands(catalog, voice, true), language));
    }
    shown = catalog;
  }

  private void forAdmin(long admin, List<Call.Command> commands, String language) {
    try {
      telegram.call(new Call.SetCommands(commands, language, admin));
    } catch (ApiException e) {
      LOG.log(Level.INFO, "admin " + admin + " has not written to the bot yet: " + e.getMessage());
    }
  }

  private static List<Call.Command> commands(Catalog catalog, Voice<Phrase> voice, boolean admin) {
    var all = new ArrayList<Call.Command>();
    for (var entry : catalog.entries()) {
      var line = entry.in(voice.language());
      all.add(
          new Call.Command(
              entry.command(), line.length() > LONGEST ? line.substring(0, LONGEST) : line));
    }
    all.addAll(own(voice, admin));
    return List.copyOf(all);
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
