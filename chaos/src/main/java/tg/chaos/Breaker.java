package tg.chaos;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tg.valkey.Dialog;
import tg.valkey.ServerProcess;
import tg.valkey.Warden;

/// Breaks things, each on a thread of its own, and mends them when their time is over. Confined to
/// one thread at a time.
final class Breaker implements AutoCloseable {
  private final Servers servers;
  private final Map<String, Child> children;
  private final Warden warden;
  private final History history;
  private final ReentrantLock serverLock = new ReentrantLock();
  private final List<Thread> threads = new ArrayList<>();

  Breaker(Servers servers, Map<String, Child> children, Warden warden, History history) {
    this.servers = servers;
    this.children = children;
    this.warden = warden;
    this.history = history;
  }

  void strike(Fault fault) {
    threads.add(Thread.ofVirtual().name(fault.kind()).start(() -> run(fault)));
  }

  /// Waits until everything is mended.
  @Override
  public void close() {
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Fault fault) {
    switch (fault) {
      case Fault.Disconnect _ -> during(fault, 0, this::disconnect, () -> {});
      case Fault.KillServer(int back) -> stopServer(fault, back, servers.first()::kill);
      case Fault.StopServer(int back) -> stopServer(fault, back, servers.first()::close);
      case Fault.KillPrimary(int back) -> promote(fault, () -> killPrimary(back));
      case Fault.PausePrimary(int time) -> promote(fault, () -> pausePrimary(time));
      case Fault.HandOver _ -> promote(fault, this::handOver);
      case Fault.Kill(var target, int back) -> kill(fault, child(target), back);
      case Fault.Pause(var target, int time) -> pause(fault, child(target), time);
      case Fault.Cut(var target) -> during(fault, 0, child(target).line()::cut, () -> {});
      case Fault.Lose(var target, int answers) ->
          during(fault, 0, () -> child(target).line().lose(answers), () -> {});
      case Fault.Drop(var target, int requests) ->
          during(fault, 0, () -> child(target).line().drop(requests), () -> {});
      case Fault.Delay(var target, int by, int time) -> {
        var line = child(target).line();
        during(fault, time, () -> line.delay(by), () -> line.delay(0));
      }
      case Fault.HalfOpen(var target, int time) -> {
        var line = child(target).line();
        during(fault, time, line::halfOpen, line::reopen);
      }
    }
  }

  private Child child(String target) {
    var child = children.get(target);
    if (child == null) {
      throw new IllegalStateException("there is no process " + target);
    }
    return child;
  }

  private void during(Fault fault, int millis, Runnable strike, Runnable heal) {
    history.add(new Entry.Struck(System.nanoTime(), fault.kind(), fault.target()));
    strike.run();
    sleep(millis);
    heal.run();
    history.add(new Entry.Healed(System.nanoTime(), fault.kind(), fault.target()));
  }

  private void kill(Fault fault, Child child, int back) {
    synchronized (child.line()) {
      during(fault, back, child::kill, child::start);
    }
  }

  private void pause(Fault fault, Child child, int time) {
    history.add(new Entry.Struck(System.nanoTime(), fault.kind(), fault.target()));
    var resume = child.pause();
    sleep(time);
    resume.run();
    history.add(new Entry.Healed(System.nanoTime(), fault.kind(), fault.target()));
  }

  private void stopServer(Fault fault, int back, Runnable stop) {
    serverLock.lock();
    try {
      during(fault, back, stop, this::startServer);
    } finally {
      serverLock.unlock();
    }
  }

  private void startServer() {
    start(servers.first());
  }

  private void start(ServerProcess server) {
    server.restart();
    warden.add(ProcessHandle.of(server.pid()).orElseThrow());
  }

  private void promote(Fault fault, Runnable strike) {
    serverLock.lock();
    try {
      during(fault, 0, strike, () -> {});
    } finally {
      serverLock.unlock();
    }
  }

  private void killPrimary(int back) {
    var old = servers.primary();
    old.kill();
    var _ = servers.several().awaitFailover(old);
    sleep(back);
    start(old);
    servers.several().follow(old);
  }

  private void pausePrimary(int time) {
    var old = servers.primary();
    old.pause();
    var _ = servers.several().awaitFailover(old);
    old.resume();
    sleep(time);
    servers.several().follow(old);
  }

  private void handOver() {
    var old = servers.primary();
    servers.several().handOver();
    var _ = servers.several().awaitFailover(old);
    servers.several().follow(old);
  }

  private void disconnect() {
    try (var dialog = new Dialog(servers.primary().port())) {
      var _ = dialog.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    } catch (UncheckedIOException e) {
      if (serverLock.tryLock()) {
        serverLock.unlock();
        throw new IllegalStateException("the server did not end the connections", e);
      }
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
