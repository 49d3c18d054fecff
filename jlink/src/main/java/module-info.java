import org.jspecify.annotations.NullMarked;

/// Builds the files of the two images: a Java runtime of the JDK modules and libraries that both
/// programs need, and what each adds to it. `./tg image` makes images of them.
@NullMarked
module tg.jlink {
  requires static transitive org.jspecify;
  requires tg.sim;
  requires tg.valkey;
}
