package dev.fastdeploy.agent.reload.redefine;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import org.jspecify.annotations.Nullable;

/** Writes the constants of a class file so that no two of the same type read the same. */
final class Literals {

  private Literals() {}

  /**
   * Writes any constant: a number, a text, a type, a handle, a computed constant, an array of
   * numbers.
   */
  static String of(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (value instanceof Character character) {
      return "'" + (int) character + "'";
    }
    if (value instanceof Float number && number.isNaN()) {
      return "NaN:" + Float.floatToRawIntBits(number);
    }
    if (value instanceof Double number && number.isNaN()) {
      return "NaN:" + Double.doubleToRawLongBits(number);
    }
    if (value instanceof ConstantDynamic computed) {
      return callSite(computed).toString();
    }
    return value != null && value.getClass().isArray() ? ofArray(value) : String.valueOf(value);
  }

  /**
   * Writes a call site of {@code invokedynamic}, with its bootstrap method and that method's
   * arguments.
   */
  static CallSite callSite(
      String name, String descriptor, Handle bootstrap, Object @Nullable ... arguments) {
    String given =
        arguments == null
            ? ""
            : Arrays.stream(arguments).map(Literals::of).collect(Collectors.joining(", "));
    return new CallSite(name + "(" + given + ")", descriptor + " by " + bootstrap);
  }

  /** Writes a constant that a bootstrap method computes, in the same way. */
  static CallSite callSite(ConstantDynamic computed) {
    Object[] arguments = new Object[computed.getBootstrapMethodArgumentCount()];
    Arrays.setAll(arguments, computed::getBootstrapMethodArgument);
    return callSite(
        computed.getName(), computed.getDescriptor(), computed.getBootstrapMethod(), arguments);
  }

  private static String ofArray(Object array) {
    StringJoiner elements = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(of(Array.get(array, i)));
    }
    return elements.toString();
  }
}
