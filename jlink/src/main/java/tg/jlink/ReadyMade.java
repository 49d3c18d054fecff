package tg.jlink;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes into a class what the JVM would make the first time that it is needed, with a class for
/// each: the tests of a pattern switch, and `equals` and `hashCode` of a record. A cache of classes
/// cannot hold those, and to make the first of them takes the JVM 30 ms and 6 MiB. Lambdas and the
/// joining of strings it can hold; they stay as they are.
final class ReadyMade {
  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final int PRIVATE_STATIC =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  private final ClassModel original;
  private final List<Made> made = new ArrayList<>();

  private ReadyMade(ClassModel original) {
    this.original = original;
  }

  private record Made(String name, MethodTypeDesc type, Consumer<CodeBuilder> code) {}

  /// {@return the class with nothing left to be made, or the same bytes}
  ///
  /// @param hierarchy knows the classes that its code mentions
  static byte[] of(byte[] bytes, ClassHierarchyResolver hierarchy) {
    var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    var original = file.parse(bytes);
    var ready = new ReadyMade(original);
    var transform =
        ClassTransform.transformingMethodBodies(ready::instruction)
            .andThen(ClassTransform.endHandler(ready::addMethods));
    var written = file.transformClass(original, transform);
    return ready.made.isEmpty() ? bytes : written;
  }

  private void addMethods(ClassBuilder builder) {
    for (var each : made) {
      builder.withMethodBody(each.name, each.type, PRIVATE_STATIC, each.code);
    }
  }

  private void instruction(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction call) {
      var code = code(call);
      if (code != null) {
        var name = "tg$" + call.name().stringValue() + "$" + made.size();
        made.add(new Made(name, call.typeSymbol(), code));
        boolean inInterface = original.flags().has(AccessFlag.INTERFACE);
        builder.invokestatic(original.thisClass().asSymbol(), name, call.typeSymbol(), inInterface);
        return;
      }
    }
    builder.with(element);
  }

  /// {@return what a call does that the JVM would have to make, or null for all others}
  private static @Nullable Consumer<CodeBuilder> code(InvokeDynamicInstruction call) {
    var maker = call.bootstrapMethod();
    var arguments = call.bootstrapArgs();
    if (maker.owner().equals(SWITCHES) && maker.methodName().equals("typeSwitch")) {
      var labels = arguments.stream().filter(ReadyMade::isType).map(ClassDesc.class::cast).toList();
      return labels.size() == arguments.size() ? code -> tests(code, labels) : null;
    }
    if (!maker.owner().equals(RECORDS)) {
      return null;
    }
    var fields = arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
    return switch (call.name().stringValue()) {
      case "equals" -> code -> equality(code, (ClassDesc) arguments.getFirst(), fields);
      case "hashCode" -> code -> hash(code, fields);
      default -> null;
    };
  }

  private static boolean isType(ConstantDesc label) {
    return label instanceof ClassDesc type && !type.isPrimitive();
  }

  /// `int switch(Object value, int from)`: the number of the first label from there that the value
  /// is of; -1 for null, the number of labels for none.
  private static void tests(CodeBuilder code, List<ClassDesc> labels) {
    code.aload(0).ifThen(Opcode.IFNULL, isNull -> isNull.iconst_m1().ireturn());
    for (int i = 0; i < labels.size(); i++) {
      var next = code.newLabel();
      code.loadConstant(i).iload(1).if_icmplt(next);
      code.aload(0).instanceOf(labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn();
      code.labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  /// `boolean equals(R a, Object b)`, as {@link Record#equals} says.
  private static void equality(
      CodeBuilder code, ClassDesc type, List<DirectMethodHandleDesc> fields) {
    var same = code.newLabel();
    var different = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(same);
    code.aload(1).instanceOf(type).ifeq(different);
    for (var field : fields) {
      for (int side = 0; side < 2; side++) {
        code.aload(side).checkcast(type);
        code.getfield(type, field.methodName(), type(field));
      }
      if (type(field).isPrimitive()) {
        code.invokestatic(
            box(field),
            "compare",
            MethodTypeDesc.of(ConstantDescs.CD_int, type(field), type(field)));
        code.ifne(different);
      } else {
        code.invokestatic(
            OBJECTS,
            "equals",
            MethodTypeDesc.of(
                ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object));
        code.ifeq(different);
      }
    }
    code.labelBinding(same);
    code.iconst_1().ireturn();
    code.labelBinding(different);
    code.iconst_0().ireturn();
  }

  /// `int hashCode(R a)`: the same number as the JVM's own.
  private static void hash(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
    code.iconst_0();
    for (var field : fields) {
      code.bipush(31).imul().aload(0);
      code.getfield(field.owner(), field.methodName(), type(field));
      if (type(field).isPrimitive()) {
        code.invokestatic(
            box(field), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type(field)));
      } else {
        code.invokestatic(
            OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static ClassDesc type(DirectMethodHandleDesc getter) {
    return getter.invocationType().returnType();
  }

  /// {@return the class with the `compare` and `hashCode` of a primitive type}
  private static ClassDesc box(DirectMethodHandleDesc getter) {
    var name =
        switch (type(getter).displayName()) {
          case "int" -> "Integer";
          case "char" -> "Character";
          case String other -> Character.toUpperCase(other.charAt(0)) + other.substring(1);
        };
    return ClassDesc.of("java.lang." + name);
  }
}
