package tg.queue;

import java.time.Instant;

/// How far a job has come, as its handler said last. Immutable.
///
/// @param fraction 0 to 1
/// @param message a few words for people; may be empty
/// @param at when the server heard of it, by its clock
public record Progress(double fraction, String message, Instant at) {}
