package tg.checks;

import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// The rule that no static field can change: several bots and queues live in one JVM.
final class Statics {
  /// Types whose instances change, whatever is assigned.
  private static final Pattern MUTABLE =
      Pattern.compile(
          "(Atomic|Concurrent|Array|Linked|Hash|Tree|Weak|Identity|CopyOnWrite|Priority|Enum)"
              + "\\w*(List|Map|Set|Queue|Deque|Table|Integer|Long|Boolean|Reference|Array)"
              + "|\\w*(Deque|Queue|Lock|Adder|Accumulator|Semaphore|Latch|Digest)"
              + "|ThreadLocal|StringBuilder|StringBuffer|BitSet|Random|Timer|Object"
              + "|\\w*Buffer|\\w*Executor|ExecutorService|Vector|Properties");

  private Statics() {}

  static List<Finding> mutable(List<Source> sources) {
    var findings = new ArrayList<Finding>();
    for (var source : sources) {
      for (var type : source.all(ClassTree.class)) {
        for (var member : type.getMembers()) {
          if (member instanceof VariableTree field && isStatic(field, type)) {
            if (!isFinal(field, type)) {
              findings.add(
                  source.finding(
                      field,
                      field.getName() + " is static and can change: make it a field of an object"));
            } else if (isMutable(field)) {
              findings.add(
                  source.finding(
                      field,
                      field.getName()
                          + " is static and its value can change: use List.of, Set.of or Map.of,"
                          + " or make it a field of an object"));
            }
          }
        }
      }
    }
    return findings;
  }

  private static boolean isStatic(VariableTree field, ClassTree type) {
    return field.getModifiers().getFlags().contains(Modifier.STATIC) || isInterface(type);
  }

  private static boolean isFinal(VariableTree field, ClassTree type) {
    return field.getModifiers().getFlags().contains(Modifier.FINAL) || isInterface(type);
  }

  private static boolean isInterface(ClassTree type) {
    return type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
  }

  private static boolean isMutable(VariableTree field) {
    var type = field.getType();
    return type instanceof ArrayTypeTree
        || MUTABLE.matcher(simpleName(type)).matches()
        || isMutable(field.getInitializer());
  }

  private static boolean isMutable(@Nullable ExpressionTree value) {
    return switch (value) {
      case NewClassTree created -> MUTABLE.matcher(simpleName(created.getIdentifier())).matches();
      case NewArrayTree _ -> true;
      case null, default -> false;
    };
  }

  private static String simpleName(Tree type) {
    var name = type instanceof ParameterizedTypeTree t ? t.getType().toString() : type.toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
