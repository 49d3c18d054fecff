import org.jspecify.annotations.NullMarked;

/// Bot, worker, sim and an embedded server in one process.
@NullMarked
module tg.dev {
  requires tg.bot;
  requires tg.worker;
  requires tg.sim;
  requires com.eclipsesource.json;
  requires static transitive org.jspecify;
}
