package tg.worker.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.process.Settings;
import tg.queue.Job;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.text.Phrases;
import tg.text.RichText;
import tg.text.Voice;
import tg.worker.Answer;
import tg.worker.Setback;

/// What is said when a task ends, in the same atomic step. So no task ends without its answer on
/// the way, and none is answered twice. Thread-safe.
///
/// @param phrases what is said
/// @param talk how
record Endings(Phrases<Phrase> phrases, Settings.Talk talk) {
  private static final int LONGEST_RESULT = 4096;
  private static final int LONGEST_REASON = 1000;

  /// {@return the end of a task that went well}
  Outcome done(Task asked, Answer answer, Duration took) throws IOException {
    var letters = letters(asked).of(answer);
    var text = answer.text().text();
    var result = text.length() > LONGEST_RESULT ? text.substring(0, LONGEST_RESULT) : text;
    var jobs = new ArrayList<NewJob>();
    letters.forEach(letter -> jobs.add(letter.toJob()));
    if (letters.getFirst().instead() == null) {
      var voice = voice(asked);
      var over =
          talk.placeholder() == Settings.Placeholder.DELETE
              ? ""
              : voice.say(Phrase.DONE_IN, inWords(voice, took));
      jobs.add(last(asked, over).toJob());
    }
    return plus(Outcome.done(Payload.of(result)), jobs);
  }

  /// {@return the end of a task that the person must ask for in another way}
  Outcome refused(Task asked, String reason) {
    return plus(
        Outcome.failed(reason), failure(asked, reason, voice(asked).say(Phrase.NOT_DONE), false));
  }

  /// {@return the end of a task that took too long}
  Outcome stopped(Task asked, Duration deadline) {
    var voice = voice(asked);
    var reason = voice.say(Phrase.PASSED_DEADLINE, inWords(voice, deadline));
    return plus(
        Outcome.failed("passed its deadline of " + deadline),
        failure(asked, reason, voice.say(Phrase.STOPPED), true));
  }

  /// {@return what is said when a task has failed for good, or has killed too many workers}
  List<NewJob> exhausted(Job job, String reason) {
    var asked = Task.of(job);
    var voice = voice(asked);
    return failure(asked, forThePerson(voice, reason), voice.say(Phrase.FAILED), true);
  }

  /// A handler's own words are for the person; those of a fault are not.
  private static String forThePerson(Voice<Phrase> voice, String reason) {
    var setback = Setback.class.getName() + ": ";
    if (reason.startsWith(setback)) {
      var words = reason.substring(setback.length());
      return words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "…" : words;
    }
    return voice.say(reason.contains("its worker died") ? Phrase.KILLED_WORKERS : Phrase.FAULT);
  }

  private List<NewJob> failure(Task asked, String reason, String over, boolean again) {
    var button = new TaskButton(TaskButton.Verb.RETRY, asked.id(), asked.user().id());
    var rows = again ? button.row(voice(asked).say(Phrase.RETRY)) : List.<List<tg.api.Button>>of();
    var letter = letters(asked).of(reason, rows);
    return letter.instead() != null
        ? List.of(letter.toJob())
        : List.of(letter.toJob(), last(asked, over).toJob());
  }

  private AnswerLetters letters(Task asked) {
    return new AnswerLetters(asked, voice(asked), talk.delivery() == Settings.Delivery.EDIT);
  }

  /// The last word on a task; progress that still waits is not said any more.
  private static Letter last(Task asked, String text) {
    return new Letter.Progress(
        asked.id(), asked.message().chat(), RichText.plain(text), List.of(), Letter.Phase.ENDED);
  }

  private Voice<Phrase> voice(Task asked) {
    return phrases.in(asked.user().language());
  }

  static String inWords(Voice<Phrase> voice, Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
    return seconds < 100
        ? voice.count(Phrase.SECONDS, seconds)
        : voice.count(Phrase.MINUTES, Math.round(seconds / 60.0));
  }

  private static Outcome plus(Outcome outcome, List<NewJob> jobs) {
    for (var job : jobs) {
      outcome = outcome.then(job);
    }
    return outcome;
  }
}
