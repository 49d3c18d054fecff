package tg.queue;

import java.time.Instant;

/// An attempt of a job that failed. Immutable.
///
/// @param attempt its number, as {@link Job#attempt} said
/// @param worker where it ran, as {@link Worker#id()} gives it
/// @param started when it began, by the server's clock
/// @param ended when it failed, by the server's clock
/// @param reason why, in one line
public record FailedAttempt(
    long attempt, String worker, Instant started, Instant ended, String reason) {}
