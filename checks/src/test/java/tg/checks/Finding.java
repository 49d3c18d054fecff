package tg.checks;

/// A place that breaks a rule, and what to do about it. Printed as `file:line: advice`.
record Finding(String file, long line, String advice) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + advice;
  }
}
