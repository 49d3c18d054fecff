package tg.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process knows of itself: memory, processor time, threads. The names are those which
/// Prometheus clients use.
final class ProcessFigures {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessFigures() {}

  static void measure(Exposition out) {
    var runtime = Runtime.getRuntime();
    out.gauge(
        "jvm_memory_used_bytes", "The heap in use", runtime.totalMemory() - runtime.freeMemory());
    out.gauge("jvm_memory_committed_bytes", "The heap taken", runtime.totalMemory());
    out.gauge("jvm_memory_max_bytes", "The heap's limit", runtime.maxMemory());
    var self = ProcessHandle.current().info();
    self.totalCpuDuration()
        .ifPresent(time ->
            out.metric("process_cpu_seconds_total", "counter", "Processor time used")
                .sample("process_cpu_seconds_total", time.toMillis() / 1e3));
    self.startInstant()
        .ifPresent(at ->
            out.gauge(
                "process_start_time_seconds", "When the process began", at.toEpochMilli() / 1e3));
    for (var line : status()) {
      if (line.startsWith("VmRSS:")) {
        out.gauge("process_resident_memory_bytes", "Memory in use (RSS)", number(line) * 1024);
      } else if (line.startsWith("Threads:")) {
        out.gauge("process_threads", "Threads of the operating system", number(line));
      }
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  private static List<String> status() {
    try {
      return Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
