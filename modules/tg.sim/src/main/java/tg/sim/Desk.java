package tg.sim;

import java.time.Instant;
import java.util.Set;

/// Everything behind the doors of one simulator, put together. Thread-safe.
final class Desk implements AutoCloseable {
  final World world;
  final People people;
  final Places places;
  final FloodLimits flood;
  final BotApi api;
  final BotDoor door;
  final FaultPlan faults = new FaultPlan();
  final CallLog calls = new CallLog();
  private final Set<String> tokens;

  Desk(SimOptions options) {
    tokens = options.tokens();
    world = new World(new SimClock(options.clock()), new Events(Instant.now()));
    Newsroom newsroom = new Newsroom(world);
    Conversation conversation = new Conversation(world, newsroom);
    people = new People(world, newsroom, conversation);
    places = new Places(world, newsroom, conversation);
    flood = new FloodLimits(options.flood());
    api = new BotApi(world, flood, conversation, options.answerWindow());
    door = new BotDoor(world, tokens);
    world.in(this::populated);
  }

  private World populated() {
    tokens.stream().sorted().forEach(world::bot);
    return world;
  }

  void reset() {
    world.in(() -> {
      world.reset();
      flood.clear();
      return populated();
    });
    faults.clear();
    calls.clear();
  }

  @Override
  public void close() {
    world.in(() -> {
      world.hushed();
      return world;
    });
    world.events.close();
    api.close();
  }
}
