package tg.bot;

import java.time.InstantSource;
import tg.api.Telegram;
import tg.outbox.Notes;
import tg.outbox.Typing;
import tg.process.Settings;
import tg.queue.Queues;

/// What takes part in answering updates, put together. Thread-safe.
///
/// @param voices which language for whom
/// @param pace how long one has to wait
/// @param admission where updates go
record Desk(Voices voices, Pace pace, Admission admission) {
  static Desk of(Queues queues, Telegram telegram, Identity identity, Settings.Talk talk) {
    var voices = new Voices(Phrase.load(), new Notes(queues));
    var pace = new Pace();
    var cancellations = new Cancellations(queues, voices);
    var commands = new Commands(queues, voices, cancellations, talk);
    var quotas = new Quotas(queues, talk.quotas(), pace, InstantSource.system());
    quotas.hold();
    var words = new Requests.Words(voices, pace, new Typing(telegram), commands, quotas);
    var requests = new Requests(queues, identity, talk, words);
    var presses = new Presses(queues, telegram, cancellations, quotas);
    return new Desk(voices, pace, new Admission(queues, identity, requests, presses));
  }
}
