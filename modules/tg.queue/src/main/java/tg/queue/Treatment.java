package tg.queue;

import java.util.List;

/// What is done with jobs on their way to the store and back. Immutable.
///
/// @param seal how payloads are kept
/// @param middlewares what is done around enqueue and run
record Treatment(Seal seal, Middlewares middlewares) {
  static final Treatment NONE = new Treatment(Seal.NONE, new Middlewares(List.of()));
}
