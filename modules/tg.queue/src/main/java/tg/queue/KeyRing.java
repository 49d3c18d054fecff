package tg.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keys with which payloads, results, steps and meta are encrypted, each with an id that is
/// written beside what it encrypts. The first key encrypts; all decrypt. Thread-safe; `toString`
/// tells the ids only.
///
/// To rotate: give every process the new key with {@link #and}, then make it the first one in every
/// process, then drop the old one once nothing of its time is kept any more.
///
/// AES-256-GCM with a key of its own for each process: derived (HKDF-SHA256) from the key given and
/// 16 random bytes, so that counting nonces never repeats one.
public final class KeyRing {
  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int MOST_DERIVED = 1_000;

  private final Map<String, byte[]> keys;
  private final byte[] salt = new byte[SALT_BYTES];
  private final AtomicLong nonces = new AtomicLong();
  private final Map<String, SecretKey> derived = new ConcurrentHashMap<>();

  private KeyRing(Map<String, byte[]> keys) {
    this.keys = keys;
    new SecureRandom().nextBytes(salt);
  }

  /// A ring of one key.
  ///
  /// @param id 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`; not a secret
  /// @param key 32 random bytes; copied
  public static KeyRing of(String id, byte[] key) {
    return new KeyRing(plus(Map.of(), id, key));
  }

  /// {@return a ring with one more key, to decrypt with}
  public KeyRing and(String id, byte[] key) {
    return new KeyRing(plus(keys, id, key));
  }

  private static Map<String, byte[]> plus(Map<String, byte[]> keys, String id, byte[] key) {
    Names.check("key id", id);
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "key " + id + " has " + key.length + " bytes; it must have " + KEY_BYTES);
    }
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException("key " + id + " is in the ring already");
    }
    var more = new LinkedHashMap<>(keys);
    more.put(id, key.clone());
    return Collections.unmodifiableMap(more);
  }

  /// {@return the ids; the first is the one that encrypts}
  public List<String> ids() {
    return new ArrayList<>(keys.keySet());
  }

  /// The id of the key that encrypts.
  String current() {
    return keys.keySet().iterator().next();
  }

  /// What this process derives its keys with.
  byte[] salt() {
    return salt;
  }

  /// A number that this process has not used.
  long nonce() {
    return nonces.incrementAndGet();
  }

  /// The key that a process with that salt uses; null when the ring has no such key.
  @Nullable SecretKey derive(String id, byte[] from) throws GeneralSecurityException {
    var key = keys.get(id);
    if (key == null) {
      return null;
    }
    var name = id + "/" + HexFormat.of().formatHex(from);
    var known = derived.get(name);
    if (known != null) {
      return known;
    }
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(new SecretKeySpec(key, "HKDF"))
            .addSalt(from)
            .thenExpand("tg.queue".getBytes(US_ASCII), KEY_BYTES);
    var made = KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    if (derived.size() >= MOST_DERIVED) {
      derived.clear();
    }
    derived.put(name, made);
    return made;
  }

  @Override
  public String toString() {
    return "KeyRing" + keys.keySet();
  }
}
