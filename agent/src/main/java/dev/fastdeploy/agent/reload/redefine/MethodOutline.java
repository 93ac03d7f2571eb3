package dev.fastdeploy.agent.reload.redefine;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What a class file says about one method.
 *
 * @param name as in the class file
 * @param descriptor its types
 * @param access its flags
 * @param traits what it declares besides
 * @param body its instructions in a form in which only a real difference shows; empty without code
 * @param callSites its {@code invokedynamic} instructions and computed constants, in their order
 * @param lines the source lines of its body
 */
record MethodOutline(
    String name,
    String descriptor,
    int access,
    Traits traits,
    String body,
    List<CallSite> callSites,
    Set<Integer> lines) {

  boolean isStaticInitialiser() {
    return name.equals("<clinit>");
  }

  boolean isSynthetic() {
    return (access & Opcodes.ACC_SYNTHETIC) != 0;
  }

  /** For a person. */
  String text() {
    return isStaticInitialiser()
        ? "the static initialiser"
        : "method '" + Words.method(name, descriptor) + "'";
  }
}
