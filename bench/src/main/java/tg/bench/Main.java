package tg.bench;

import java.util.Arrays;

/// `./tg bench NAME`.
final class Main {
  private static final String USAGE =
      """
      usage: ./tg bench NAME
        ack    time from a message to its acknowledgement, with an idle worker and with every slot busy
        bulk   many jobs canceled, requeued and deleted in one call (--jobs N)
        cancel how long a cancel takes to reach a running job; jobs that ignore it (--jobs N)
        fairness   a long group among short ones, weights, caps
        rate   a rate over four processes (--seconds N)
        scheduled  a million jobs due at once (--jobs N)
        talk   acknowledgement, tap on Cancel and its effect with every slot busy and 10,000 tasks waiting
        jmh    micro-benchmarks of what a client writes and reads (JMH's own options: -l, -f 1, a name)
        queue  our queue beside BullMQ, Sidekiq and RQ: speed, CPU, latency, memory (--jobs N, --only SYSTEM, --json FILE, --svg FILE)
        image  the images tg-bot and tg-worker, with podman: size, start, memory (--json FILE)\
      """;

  private Main() {}

  static void main(String[] args) throws Exception {
    var rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    int status =
        switch (args.length == 0 ? "" : args[0]) {
          case "ack" -> Ack.run(rest);
          case "bulk" -> BulkBench.run(rest);
          case "cancel" -> CancelBench.run(rest);
          case "fairness" -> FairnessBench.run();
          case "rate" -> RateBench.run(rest);
          case "scheduled" -> ScheduledBench.run(rest);
          case "talk" -> TalkBench.run(rest);
          case "queue" -> QueueBench.run(rest);
          case "image" -> ImageBench.run(rest);
          default -> {
            System.err.println(USAGE);
            yield 2;
          }
        };
    System.exit(status);
  }
}
