package tg.sim;

/// A file as it arrives. Immutable; the bytes are never changed.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Upload(String name, String mime, byte[] bytes) {}
