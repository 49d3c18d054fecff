package tg.jlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is made ahead of time does the same as what the JVM makes.
final class ReadyMadeTest {
  /// One component of each kind.
  record Everything(
      boolean a, byte b, char c, short d, int e, long f, float g, double h, @Nullable String i)
      implements Function<Object, Object> {
    /// Two of the same, one of another, and one with nothing.
    public Everything() {
      this(true, (byte) 1, 'c', (short) 2, 3, 1L << 40, Float.NaN, -0.0, "text");
    }

    @Override
    public Object apply(Object which) {
      return new Everything(
          a, b, c, d, which.equals(4) ? 0 : e, f, g, h, which.equals(5) ? null : i);
    }
  }

  /// Says of what kind something is.
  static final class Kinds implements Function<Object, Object> {
    @Override
    public Object apply(Object value) {
      return switch (value) {
        case Integer number when number > 10 -> "many";
        case Integer _ -> "few";
        case CharSequence text when text.isEmpty() -> "empty";
        case String _ -> "text";
        case int[] _ -> "numbers";
        default -> "other";
      };
    }
  }

  @Test
  void aPatternSwitchTakesTheSameBranches() throws Exception {
    var made = made(Kinds.class);

    for (var value : List.of(11, 10, "", "a", CharBuffer.wrap("b"), new int[1], 1L)) {
      assertEquals(new Kinds().apply(value), made.apply(value), value::toString);
    }
  }

  @Test
  void aRecordIsEqualToItsCopyAndToNothingElse() throws Exception {
    var made = made(Everything.class);

    assertEquals(made, made.apply(0));
    assertFalse(made.equals(made.apply(4)), "another number");
    assertFalse(made.equals(made.apply(5)), "null is no text");
    assertTrue(made.apply(5).equals(made.apply(5)), "null is null");
    assertFalse(made.equals(new Object()), "another class");
  }

  @Test
  void aRecordHasTheHashCodeThatTheJvmGives() throws Exception {
    assertEquals(new Everything().hashCode(), made(Everything.class).hashCode());
    assertEquals(
        new Everything().apply(5).hashCode(), Objects.hashCode(made(Everything.class).apply(5)));
  }

  @Test
  void nothingIsLeftForTheJvmToMake() throws Exception {
    for (var type : List.of(Kinds.class, Everything.class)) {
      var left =
          ClassFile.of().parse(ReadyMade.of(bytes(type), resolver())).methods().stream()
              .flatMap(method -> method.code().stream())
              .flatMap(code -> code.elementStream())
              .filter(InvokeDynamicInstruction.class::isInstance)
              .map(element -> ((InvokeDynamicInstruction) element).name().stringValue())
              .toList();
      assertEquals(type == Kinds.class ? List.of() : List.of("toString"), left);
    }
  }

  @Test
  void aClassWithoutAnyStaysAsItIs() throws IOException {
    var bytes = bytes(BuildError.class);

    assertSame(bytes, ReadyMade.of(bytes, resolver()));
  }

  @SuppressWarnings("unchecked") // Each of the two classes is one.
  private static Function<Object, Object> made(Class<? extends Function<Object, Object>> type)
      throws Exception {
    var made = ReadyMade.of(bytes(type), resolver());
    var loader =
        new ClassLoader(ReadyMadeTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(type.getName(), made, 0, made.length);
          }
        };
    var constructor = loader.define().getDeclaredConstructor();
    constructor.setAccessible(true);
    return (Function<Object, Object>) constructor.newInstance();
  }

  private static ClassHierarchyResolver resolver() {
    return ClassHierarchyResolver.ofClassLoading(ReadyMadeTest.class.getClassLoader());
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    var name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (var in = Objects.requireNonNull(type.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
