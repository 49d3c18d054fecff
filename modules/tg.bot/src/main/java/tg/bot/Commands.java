package tg.bot;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tg.api.Message;
import tg.api.User;
import tg.outbox.Catalog;
import tg.outbox.Command;
import tg.outbox.Notes;
import tg.outbox.Task;
import tg.process.Settings;
import tg.queue.JobId;
import tg.queue.JobInfo;
import tg.queue.JobState;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.queue.Selection;
import tg.text.RichText;
import tg.text.Voice;

/// The commands that the bot answers itself. Thread-safe.
final class Commands {
  private static final int SHOWN = 10;
  private static final int TITLE = 30;
  private static final int SEEN = 200;
  private static final int PAGE = 1000;

  private final Queues queues;
  private final Voices voices;
  private final Cancellations cancellations;
  private final Settings.Talk talk;
  private final AdminCommands adminCommands;

  Commands(Queues queues, Voices voices, Cancellations cancellations, Settings.Talk talk) {
    this.queues = queues;
    this.voices = voices;
    this.cancellations = cancellations;
    this.talk = talk;
    this.adminCommands = new AdminCommands(queues);
  }

  /// {@return whether the bot answers a command itself}
  boolean knows(Command command, User from) {
    return switch (command.name()) {
      case "start", "help", "status", "cancel", "lang" -> true;
      default -> admin(from) && adminCommands.knows(command);
    };
  }

  /// {@return what the bot says to a command; empty when it is not one of the bot's}
  Optional<String> answer(Command command, Message message, User from, Voice<Phrase> voice) {
    if (!knows(command, from)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (command.name()) {
          case "start" -> voice.say(Phrase.GREETING, from.name()) + " " + help(voice, from);
          case "help" -> help(voice, from);
          case "status" -> status(message, from, voice);
          case "cancel" -> cancel(message, from, voice);
          case "lang" -> language(command.rest(), from, voice);
          default -> adminCommands.answer(command, voice);
        });
  }

  boolean admin(User user) {
    return talk.admins().contains(user.id());
  }

  private String help(Voice<Phrase> voice, User from) {
    var text = new StringBuilder(voice.say(Phrase.HELP)).append("\n");
    for (var entry : catalog(voices.notes()).entries()) {
      text.append("\n/").append(entry.command()).append(" — ").append(entry.in(voice.language()));
    }
    for (var entry : Menu.own(voice, admin(from))) {
      text.append("\n/").append(entry.name()).append(" — ").append(entry.description());
    }
    return text.toString();
  }

  /// {@return what the workers can do; nothing when no worker has told yet}
  static Catalog catalog(Notes notes) {
    return notes.get(Catalog.NOTE).map(Catalog::of).orElseGet(() -> new Catalog(List.of()));
  }

  private String status(Message message, User from, Voice<Phrase> voice) {
    var tasks = queues.queue(Task.QUEUE);
    var lane = Task.lane(message.chat().id(), from.id());
    var counts = tasks.counts(lane);
    long all = counts.running() + counts.waiting();
    var lines = new ArrayList<String>();
    for (var info : all(Selection.in(Registry.RUNNING).group(lane))) {
      if (info.state() instanceof JobState.Running(_, _, var since)) {
        long seconds = Duration.between(since, InstantSource.system().instant()).toSeconds();
        lines.add(voice.say(Phrase.STATUS_RUNNING, title(info, voice), Math.max(0, seconds)));
      }
    }
    lines.addAll(waiting(lane, counts.waiting(), voice));
    if (all == 0 && lines.isEmpty()) {
      return voice.say(Phrase.STATUS_NONE);
    }
    var shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN, lines.size())));
    if (all > shown.size()) {
      shown.add(voice.count(Phrase.STATUS_MORE, all - shown.size()));
    }
    return String.join("\n", shown);
  }

  /// Places are told as far as they are looked for; after that the lane alone is read.
  private List<String> waiting(String lane, long count, Voice<Phrase> voice) {
    var lines = new ArrayList<String>();
    var seen = new HashSet<JobId>();
    int place = 0;
    for (var info : queues.queue(Task.QUEUE).list(Registry.WAITING, 0, SEEN)) {
      place++;
      if (info.job().group().filter(lane::equals).isPresent()) {
        seen.add(info.id());
        lines.add(voice.say(Phrase.STATUS_PLACE, title(info, voice), place));
      }
    }
    if (seen.size() < Math.min(count, SHOWN)) {
      for (var info : all(Selection.in(Registry.WAITING).group(lane))) {
        if (seen.add(info.id())) {
          lines.add(voice.say(Phrase.STATUS_WAITING, title(info, voice)));
        }
      }
    }
    return lines;
  }

  private List<JobInfo> all(Selection which) {
    var all = new ArrayList<JobInfo>();
    var from = Optional.of("");
    while (from.isPresent()) {
      var page = queues.queue(Task.QUEUE).page(which, from.get(), PAGE);
      all.addAll(page.jobs());
      from = page.next();
    }
    return all;
  }

  private static String title(JobInfo info, Voice<Phrase> voice) {
    var task = Task.of(info.job());
    if (!task.command().isEmpty()) {
      return "/" + task.command();
    }
    var text = task.text().lines().findFirst().orElse("").strip();
    if (text.isEmpty()) {
      return voice.say(Phrase.PLAIN_TEXT);
    }
    var begin = RichText.plain(text).parts(TITLE).getFirst().text();
    return "“" + begin + (begin.length() < text.length() ? "…" : "") + "”";
  }

  private String cancel(Message message, User from, Voice<Phrase> voice) {
    var lane = Task.lane(message.chat().id(), from.id());
    var mine = Selection.in(Registry.WAITING, Registry.SCHEDULED, Registry.RUNNING).group(lane);
    long canceled =
        all(mine).stream().filter(info -> cancellations.cancel(Task.of(info.job()))).count();
    return canceled == 0
        ? voice.say(Phrase.NOTHING_TO_CANCEL)
        : voice.count(Phrase.CANCELED_MANY, canceled);
  }

  private String language(String wanted, User from, Voice<Phrase> voice) {
    var tag = wanted.strip().toLowerCase(Locale.ROOT);
    if (tag.isEmpty()) {
      return voice.say(Phrase.LANG_NOW);
    }
    if (tag.equals("auto")) {
      voices.notes().language(from.id(), "");
      return voices.in(from.language()).say(Phrase.LANG_AUTO);
    }
    var languages = voices.phrases().languages();
    if (!languages.contains(tag)) {
      return voice.say(Phrase.LANG_UNKNOWN, wanted, String.join(", ", languages));
    }
    voices.notes().language(from.id(), tag);
    return voices.in(tag).say(Phrase.LANG_SET);
  }
}
