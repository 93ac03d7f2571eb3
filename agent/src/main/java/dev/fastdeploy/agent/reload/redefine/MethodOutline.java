package dev.fastdeploy.agent.reload.redefine;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The declaration and the code of one method in a class file.
 *
 * @param name as in the class file
 * @param descriptor its types
 * @param access its flags
 * @param traits what it declares besides
 * @param body its instructions, in a form that shows only real differences; empty if it has no code
 * @param callSites its {@code invokedynamic} instructions and computed constants, in order
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

  /** Returns the method's text for a person. */
  String text() {
    return isStaticInitialiser()
        ? "the static initialiser"
        : "method '" + Words.method(name, descriptor) + "'";
  }
}
