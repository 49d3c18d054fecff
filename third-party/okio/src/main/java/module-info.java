/// Okio, given a module descriptor under the name that OkHttp's own descriptor requires.
module okio {
  requires java.logging;
  requires transitive kotlin.stdlib;

  exports okio;
  exports okio.internal;
}
