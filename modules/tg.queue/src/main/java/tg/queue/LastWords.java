package tg.queue;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Which jobs are added in the step in which an attempt ends that its handler did not end. Given by
/// the {@link Worker.Builder}. Immutable.
///
/// @param onFailure after each attempt that failed
/// @param onExhausted in addition, when the job fails for good
/// @param onCanceled when a running job is canceled
record LastWords(
    BiFunction<Job, String, List<NewJob>> onFailure,
    BiFunction<Job, String, List<NewJob>> onExhausted,
    Function<Job, List<NewJob>> onCanceled) {}
