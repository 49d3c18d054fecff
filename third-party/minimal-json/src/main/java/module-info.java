/// minimal-json, given a module descriptor. Its classes are the original ones.
module com.eclipsesource.json {
  exports com.eclipsesource.json;
}
