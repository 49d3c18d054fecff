package tg.api;

/// Where a message is. Immutable.
///
/// @param chat the chat's id
/// @param message the message's id within the chat
/// @param topic the forum topic's `message_thread_id`, which answers must carry; 0 outside of
///   topics and in General (Bot API: only a message with `is_topic_message` is in a topic)
public record MessageRef(long chat, int message, int topic) {}
