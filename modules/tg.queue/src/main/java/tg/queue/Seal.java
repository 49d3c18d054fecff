package tg.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// Writes a {@link Payload} as it is kept, and reads it. Bytes without a content type that are
/// neither compressed nor encrypted are kept as they are; everything else has a head: `00 t q 01`,
/// a byte of flags, then what they say. Thread-safe.
///
/// What is encrypted is bound to its head and to the place it is kept at.
final class Seal {
  private static final String MAGIC = "\0tq\1";
  private static final int TYPED = 1;
  private static final int DEFLATED = 2;
  private static final int ENCRYPTED = 4;
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int MOST = 512 * 1024 * 1024;

  private final @Nullable KeyRing keys;
  private final int compressAbove;

  /// Reads what was not encrypted, and compresses nothing.
  static final Seal NONE = new Seal(null, Integer.MAX_VALUE);

  Seal(@Nullable KeyRing keys, int compressAbove) {
    this.keys = keys;
    this.compressAbove = compressAbove;
  }

  /// What an encrypted payload of a job is bound to.
  static String job(String queue) {
    return "job/" + queue;
  }

  /// What an encrypted result is bound to.
  static String result(String queue) {
    return "result/" + queue;
  }

  /// Whether a payload is kept as it is.
  private boolean staysPlain(Payload payload) {
    var plain = payload.raw();
    return keys == null
        && payload.contentType().isEmpty()
        && plain.length <= compressAbove
        && !framed(plain);
  }

  /// {@return the job with its payload as it is kept}
  NewJob close(NewJob job) {
    var payload = job.payload();
    return staysPlain(payload) ? job : job.payload(close(payload, job(job.queue())));
  }

  /// {@return the outcome of a job with its result as it is kept}
  Outcome close(Job job, Outcome outcome) {
    return outcome instanceof Outcome.Done(var result, var jobs, var pause, var counted)
            && !staysPlain(result)
        ? new Outcome.Done(close(result, result(job.queue())), jobs, pause, counted)
        : outcome;
  }

  /// {@return the job with its payload as it was given}
  Job open(Job job) {
    var payload = job.payload();
    return framed(payload.raw()) ? job.with(open(payload, job(job.queue()))) : job;
  }

  /// {@return the payload as it is kept: its bytes are those for the store}
  Payload close(Payload payload, String place) {
    var type = payload.contentType().orElse("");
    var plain = payload.raw();
    boolean deflate = plain.length > compressAbove;
    if (staysPlain(payload)) {
      return payload;
    }
    var body = deflate ? deflated(plain) : plain;
    deflate = deflate && body.length < plain.length;
    var flags =
        (type.isEmpty() ? 0 : TYPED) | (deflate ? DEFLATED : 0) | (keys == null ? 0 : ENCRYPTED);
    var head = new ByteArrayOutputStream();
    head.writeBytes(MAGIC.getBytes(US_ASCII));
    head.write(flags);
    if (!type.isEmpty()) {
      head.write(type.length());
      head.writeBytes(type.getBytes(US_ASCII));
    }
    if (deflate) {
      head.writeBytes(ByteBuffer.allocate(4).putInt(plain.length).array());
    }
    return Payload.own(finish(head, deflate ? body : plain, place));
  }

  private byte[] finish(ByteArrayOutputStream head, byte[] body, String place) {
    var ring = keys;
    if (ring == null) {
      head.writeBytes(body);
      return head.toByteArray();
    }
    var id = ring.current().getBytes(US_ASCII);
    head.write(id.length);
    head.writeBytes(id);
    head.writeBytes(ring.salt());
    var nonce = ByteBuffer.allocate(NONCE).putLong(4, ring.nonce()).array();
    head.writeBytes(nonce);
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      var key = ring.derive(ring.current(), ring.salt());
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(UTF_8));
      cipher.updateAAD(head.toByteArray());
      head.writeBytes(cipher.doFinal(body));
      return head.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /// {@return the payload that was kept so; its bytes are read when they are asked for}
  Payload open(Payload kept, String place) {
    var bytes = kept.raw();
    if (!framed(bytes)) {
      return kept;
    }
    var in = ByteBuffer.wrap(bytes).position(MAGIC.length());
    try {
      int flags = in.get();
      var type = (flags & TYPED) == 0 ? null : text(in);
      return Payload.lazy(type, () -> opened(bytes, place));
    } catch (BufferUnderflowException e) {
      return Payload.lazy(null, () -> opened(bytes, place));
    }
  }

  private byte[] opened(byte[] bytes, String place) {
    var in = ByteBuffer.wrap(bytes).position(MAGIC.length());
    try {
      int flags = in.get();
      if ((flags & ~(TYPED | DEFLATED | ENCRYPTED)) != 0) {
        throw new QueueException.Sealed(
            "the payload in " + place + " is of a newer version; update this process", "");
      }
      if ((flags & TYPED) != 0) {
        var _ = text(in);
      }
      int length = (flags & DEFLATED) == 0 ? -1 : in.getInt();
      var body = (flags & ENCRYPTED) == 0 ? rest(in) : decrypted(bytes, in, place);
      return length < 0 ? body : inflated(body, length, place);
    } catch (BufferUnderflowException e) {
      throw new QueueException.Sealed("the payload in " + place + " is cut off", "");
    }
  }

  private byte[] decrypted(byte[] bytes, ByteBuffer in, String place) {
    var id = text(in);
    var salt = new byte[SALT];
    in.get(salt);
    var nonce = new byte[NONCE];
    in.get(nonce);
    var head = Arrays.copyOf(bytes, in.position());
    try {
      var key = keys == null ? null : keys.derive(id, salt);
      if (key == null) {
        throw new QueueException.Sealed(
            "the payload in "
                + place
                + " is encrypted with key "
                + id
                + ", which this process does not have: add it to Queues.Builder.encryption",
            id);
      }
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(UTF_8));
      cipher.updateAAD(head);
      return cipher.doFinal(rest(in));
    } catch (GeneralSecurityException e) {
      throw new QueueException.Sealed(
          "the payload in "
              + place
              + " cannot be decrypted with our key "
              + id
              + ": the key is another one of that name, or the bytes were changed",
          id);
    }
  }

  private static boolean framed(byte[] bytes) {
    return bytes.length > MAGIC.length()
        && bytes[0] == 0
        && MAGIC.equals(new String(bytes, 0, MAGIC.length(), US_ASCII));
  }

  private static String text(ByteBuffer in) {
    var text = new byte[in.get() & 0xff];
    in.get(text);
    return new String(text, US_ASCII);
  }

  private static byte[] rest(ByteBuffer in) {
    var rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  private static byte[] deflated(byte[] plain) {
    try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
      deflater.setInput(plain);
      deflater.finish();
      var out = new byte[plain.length];
      int size = deflater.deflate(out);
      return deflater.finished() ? Arrays.copyOf(out, size) : plain;
    }
  }

  private static byte[] inflated(byte[] body, int length, String place) {
    if (length < 0 || length > MOST) {
      throw new QueueException.Sealed("the payload in " + place + " has no possible size", "");
    }
    try (var inflater = new Inflater(true)) {
      inflater.setInput(body);
      var plain = new byte[length];
      int at = 0;
      while (at < length && !inflater.finished()) {
        int some = inflater.inflate(plain, at, length - at);
        if (some == 0) {
          break;
        }
        at += some;
      }
      if (at != length) {
        throw new QueueException.Sealed("the payload in " + place + " is cut off", "");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new QueueException.Sealed("the payload in " + place + " is damaged", "");
    }
  }
}
