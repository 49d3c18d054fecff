package tg.evening;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.queue.JobState;
import tg.sim.SimCall;
import tg.sim.SimCallback;
import tg.sim.SimMessage;

/// Everything that was seen of an evening. Immutable.
///
/// @param asked by number
/// @param chats what each chat shows, by its key
/// @param wire what was called
/// @param backlog looks at the letters that waited, by time
/// @param troubles what went wrong, by time
/// @param broken what went wrong with processes and must not
record Evidence(
    List<Asked> asked,
    Map<String, List<SimMessage>> chats,
    Wire wire,
    List<Backlog> backlog,
    List<Trouble> troubles,
    List<String> broken) {

  /// One thing that was asked.
  ///
  /// @param ask what was meant
  /// @param chat the key of the chat
  /// @param chatId its id for the bot
  /// @param user who asked
  /// @param message the message that asked
  /// @param at when
  /// @param presses what the person pressed
  /// @param state of its task in the queue, at the end; empty when there is none
  record Asked(
      Ask ask,
      String chat,
      long chatId,
      long user,
      int message,
      Instant at,
      List<SimCallback> presses,
      Optional<JobState> state) {
    /// {@return the name of its task}
    String task() {
      return Company.BOT + "." + chatId + "." + message;
    }
  }

  /// The calls of the Bot API.
  ///
  /// @param calls oldest first
  /// @param earned how many 429 the bot earned by its own pace
  record Wire(List<SimCall> calls, long earned) {}

  /// How many letters waited for each chat, by its id, at one instant.
  record Backlog(Instant at, Map<Long, Integer> letters) {}

  /// What went wrong, and was meant to.
  ///
  /// @param what for people
  /// @param chat the chat that was blocked; empty for a process
  /// @param from when
  /// @param until when all was well again
  record Trouble(String what, String chat, Instant from, Instant until) {
    boolean isProcess() {
      return chat.isEmpty();
    }
  }
}
