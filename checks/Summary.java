import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Says what a test run did, from Surefire's reports, and fails when it did less than it should:
/// a skipped test, a test class that did not run, and a module without tests are failures.
///
/// Usage: `java Summary.java ROOT all|some SECONDS STATUS`, where `some` means that a part of the tests
/// was asked for, so that what did not run is no failure, and the status is Maven's. Run by `./tg`, after Maven, on the reports of
/// that run only.
void main(String[] args) throws Exception {
  var root = Path.of(args[0]);
  var all = args[1].equals("all");
  var problems = new ArrayList<String>();
  var said = new TreeSet<String>();
  var modules = new ArrayList<Tested>();
  for (var folder : testedFolders(root)) {
    var module = Tested.read(folder);
    modules.add(module);
    said.addAll(module.said());
    problems.addAll(module.problems());
    if (all) {
      problems.addAll(missing(folder));
    }
  }
  IO.println();
  for (var module : modules) {
    if (all || module.tests() > 0) {
      IO.println(module.line());
    }
  }
  said.forEach(IO::println);
  problems.forEach(problem -> IO.println("problem: " + problem));
  var tests = modules.stream().mapToInt(Tested::tests).sum();
  var failed = modules.stream().mapToInt(Tested::failed).sum();
  var skipped = modules.stream().mapToInt(Tested::skipped).sum();
  IO.println("time: " + args[2] + " s");
  IO.println(
      "tests: %d passed, %d failed, %d skipped".formatted(tests - failed - skipped, failed, skipped));
  var passed = problems.isEmpty() && tests > 0 && args[3].equals("0");
  IO.println(
      passed
          ? "result: passed"
          : "result: FAILED (Maven ended with %s), see %s"
              .formatted(args[3], whereToLook(problems, tests)));
  System.exit(passed ? 0 : 1);
}

static String whereToLook(List<String> problems, int tests) {
  if (!problems.isEmpty()) {
    return "the problems above";
  }
  return tests == 0 ? "why no test ran" : "the errors of the build above";
}

/// What Surefire reported of one Maven module.
record Tested(
    String name,
    int tests,
    int failed,
    int skipped,
    double seconds,
    List<String> problems,
    List<String> said) {

  static Tested read(Path folder) throws Exception {
    var problems = new ArrayList<String>();
    var said = new ArrayList<String>();
    int tests = 0;
    int failed = 0;
    int skipped = 0;
    double seconds = 0;
    for (var file : files(folder.resolve("target/surefire-reports"))) {
      var name = file.getFileName().toString();
      if (name.endsWith("-output.txt")) {
        try (var lines = Files.lines(file)) {
          lines.filter(l -> l.matches("(contract|servers|load): .*")).forEach(said::add);
        }
      } else if (name.startsWith("TEST-") && name.endsWith(".xml")) {
        var suite = parse(file);
        tests += Integer.parseInt(suite.getAttribute("tests"));
        failed += Integer.parseInt(suite.getAttribute("failures"));
        failed += Integer.parseInt(suite.getAttribute("errors"));
        skipped += Integer.parseInt(suite.getAttribute("skipped"));
        seconds += Double.parseDouble(suite.getAttribute("time").replace(",", ""));
        problems.addAll(problems(suite));
      }
    }
    return new Tested(
        folder.getFileName().toString(), tests, failed, skipped, seconds, problems, said);
  }

  static List<String> problems(Element suite) {
    return elements(suite, "testcase").stream()
        .flatMap(
            test -> {
              var name = test.getAttribute("classname") + "." + test.getAttribute("name");
              if (!elements(test, "skipped").isEmpty()) {
                return Stream.of(name + " was skipped: let it run, or delete it");
              }
              return Stream.of("failure", "error")
                  .flatMap(kind -> elements(test, kind).stream())
                  .map(e -> name + " failed: " + firstLine(e.getAttribute("message")));
            })
        .toList();
  }

  String line() {
    return "%-12s %5d tests  %d failed  %d skipped  %.1f s"
        .formatted(name, tests, failed, skipped, seconds);
  }
}

/// The folders of Maven modules that have, or should have, tests.
static List<Path> testedFolders(Path root) throws IOException {
  var found = new ArrayList<Path>();
  for (var parent : List.of(root.resolve("modules"), root.resolve("examples"), root)) {
    for (var folder : files(parent)) {
      if (Files.exists(folder.resolve("pom.xml"))
          && (Files.exists(folder.resolve("src/test/java"))
              || (!parent.equals(root) && hasTypes(folder)))) {
        found.add(folder);
      }
    }
  }
  return found;
}

static boolean hasTypes(Path folder) throws IOException {
  return !sources(folder.resolve("src/main/java")).isEmpty();
}

static List<Path> sources(Path folder) throws IOException {
  if (!Files.isDirectory(folder)) {
    return List.of();
  }
  try (var walk = Files.walk(folder)) {
    return walk.filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("module-info.java") && !file.endsWith("package-info.java"))
        .sorted()
        .toList();
  }
}

/// Test classes in the sources of which no report tells, whatever the reason: a crashed JVM, a class
/// whose name Surefire does not look for, a module that was not built.
static List<String> missing(Path folder) throws IOException {
  var problems = new ArrayList<String>();
  var reports =
      files(folder.resolve("target/surefire-reports")).stream()
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("TEST-"))
          .toList();
  var module = folder.getFileName().toString();
  if (!Files.exists(folder.resolve("src/test/java"))) {
    return List.of(module + " has no tests: write one in src/test/java");
  }
  if (reports.isEmpty()) {
    problems.add("no test of " + module + " ran: see the errors above");
    return problems;
  }
  for (var file : sources(folder.resolve("src/test/java"))) {
    var type = file.getFileName().toString().replace(".java", "");
    var text = Files.readString(file);
    var runs = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|Property|Example)\\b");
    var inherited = Pattern.compile("(abstract class|interface) " + type + "\\b");
    var reported = Pattern.compile("[.]" + type + "([.$].*)?[.]xml$");
    if (runs.matcher(text).find()
        && !inherited.matcher(text).find()
        && reports.stream().noneMatch(report -> reported.matcher(report).find())) {
      problems.add(file + " did not run: a test class is called …Test and is not abstract");
    }
  }
  return problems;
}

static List<Path> files(Path folder) throws IOException {
  if (!Files.isDirectory(folder)) {
    return List.of();
  }
  try (var list = Files.list(folder)) {
    return list.sorted().toList();
  }
}

static Element parse(Path file) throws Exception {
  return DocumentBuilderFactory.newInstance()
      .newDocumentBuilder()
      .parse(file.toFile())
      .getDocumentElement();
}

static List<Element> elements(Element parent, String name) {
  var found = parent.getElementsByTagName(name);
  return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
}

static String firstLine(String message) {
  return message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
}
