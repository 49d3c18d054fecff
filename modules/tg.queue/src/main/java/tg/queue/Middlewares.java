package tg.queue;

import java.util.List;
import java.util.Set;

/// All middleware of some queues, as one; the first is the outermost. Thread-safe.
record Middlewares(List<Middleware> all) {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  Middlewares {
    all = List.copyOf(all);
  }

  NewJob enqueuing(NewJob job) {
    var changed = TraceContext.carry(job);
    for (var one : all) {
      changed = one.enqueuing(changed);
    }
    return changed;
  }

  Admission enqueue(List<NewJob> jobs, Middleware.Enqueue last) {
    var next = last;
    for (var one : all.reversed()) {
      var inner = next;
      next = some -> one.enqueue(some, inner);
    }
    return next.enqueue(jobs);
  }

  /// The handler with everything around it.
  JobHandler around(JobHandler handler) {
    JobHandler next = handler;
    for (var one : all.reversed()) {
      var inner = next;
      next = job -> one.run(job, inner);
    }
    var outer = next;
    return job -> TraceContext.run(job, outer);
  }

  /// @param stale positions of those that were refused
  void settled(List<Session.Settlement> batch, Set<Integer> stale) {
    for (int i = 0; i < batch.size() && !all.isEmpty(); i++) {
      settled(batch.get(i).job(), !stale.contains(i));
    }
  }

  private void settled(Job job, boolean recorded) {
    for (var one : all) {
      try {
        one.settled(job, recorded);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "middleware failed after job " + job.id(), e);
      }
    }
  }
}
