package tg.queue;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes new jobs ready for the store: middleware, size, sealing, an id that leads to the right
/// partition. Thread-safe.
final class Tickets {
  private static final int MOST_AT_ONCE = 10_000;

  private final Settings settings;
  private final Treatment treatment;
  private final Routes routes;
  private final Ulid ids;
  private final Runnable onUse;

  /// @param onUse is run whenever jobs are about to be added
  Tickets(
      Settings settings, Treatment treatment, Routes routes, InstantSource clock, Runnable onUse) {
    this.settings = settings;
    this.treatment = treatment;
    this.routes = routes;
    this.ids = new Ulid(clock, RandomGenerator.getDefault());
    this.onUse = onUse;
  }

  List<Store.Ticket> of(List<NewJob> jobs) {
    if (jobs.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          jobs.size() + " jobs in one call are too many: add at most " + MOST_AT_ONCE + " at once");
    }
    onUse.run();
    if (jobs.isEmpty()) {
      return List.of();
    }
    var tickets = new ArrayList<Store.Ticket>(jobs.size());
    for (var asked : jobs) {
      var job = middlewares().enqueuing(asked);
      if (tooLarge(job.payload())) {
        throw tooLarge("the payload of " + job, job.payload());
      }
      var id = job.id().orElseGet(() -> routes.id(ids, job));
      var sealed = seal().close(job);
      var ticket = new Store.Ticket(id, sealed.after().isEmpty() ? sealed : kept(sealed));
      routes.check(ticket);
      tickets.add(ticket);
    }
    return tickets;
  }

  /// A job that may be canceled by the end of another one brings its keep time for that.
  private NewJob kept(NewJob job) {
    return job.option(Terms.KEPT, String.valueOf(settings.keepFinished().toMillis()));
  }

  /// Checks a payload or a result.
  void checkSize(String what, Payload payload) {
    if (tooLarge(payload)) {
      throw tooLarge(what, payload);
    }
  }

  /// Whether a payload or a result is over the limit.
  boolean tooLarge(Payload payload) {
    return payload.size() > settings.maxPayload();
  }

  QueueException.TooLarge tooLarge(String what, Payload payload) {
    return new QueueException.TooLarge(what, payload.size(), settings.maxPayload());
  }

  String newId() {
    return ids.next();
  }

  Routes routes() {
    return routes;
  }

  Middlewares middlewares() {
    return treatment.middlewares();
  }

  Seal seal() {
    return treatment.seal();
  }
}
