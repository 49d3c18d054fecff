package tg.bot;

import tg.api.User;
import tg.outbox.Notes;
import tg.text.Phrases;
import tg.text.Voice;

/// Who hears which language: what was chosen with /lang, else that of the person's app.
/// Thread-safe.
///
/// @param phrases what is said
/// @param notes where choices are remembered
record Voices(Phrases<Phrase> phrases, Notes notes) {
  /// {@return the tag of a person's language; may be empty}
  String tag(User user) {
    var chosen = notes.language(user.id());
    return chosen.isEmpty() ? user.language() : chosen;
  }

  Voice<Phrase> of(User user) {
    return phrases.in(tag(user));
  }

  Voice<Phrase> in(String tag) {
    return phrases.in(tag);
  }
}
