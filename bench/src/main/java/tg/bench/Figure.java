package tg.bench;

/// What is measured of a queue: its name in files, its unit, and how it reads in the table.
enum Figure {
  ENQUEUE("enqueue_per_s", "jobs/s", "%,.0f"),
  PROCESS("process_per_s", "jobs/s", "%,.0f"),
  END_TO_END("end_to_end_per_s", "jobs/s", "%,.0f"),
  VALKEY_CPU("valkey_us_per_job", "µs", "%.1f"),
  CLIENT_CPU("client_us_per_job", "µs", "%.1f"),
  START_P50("start_p50_ms", "ms", "%.2f"),
  START_P99("start_p99_ms", "ms", "%.2f"),
  BYTES("bytes_per_waiting_job", "bytes", "%.0f"),
  GROUPS_CPU("groups_valkey_us_per_job", "µs", "%.1f"),
  GROWTH("backlog_growth", "ratio", "%.2f"),
  IN_FLIGHT_RSS("inflight_10k_rss_mib", "MiB", "%.0f"),
  IN_FLIGHT_TIME("inflight_10k_time", "× sleep", "%.2f");

  private final String label;
  private final String unit;
  private final String format;

  Figure(String label, String unit, String format) {
    this.label = label;
    this.unit = unit;
    this.format = format;
  }

  String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  String text(double value) {
    return String.format(java.util.Locale.ROOT, format, value);
  }
}
