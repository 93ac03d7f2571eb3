package dev.fastdeploy.agent.reload.module;

import java.util.Arrays;
import java.util.Optional;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A call to the JDK that is led to {@code ApplicationCalls}, with the calling class added. */
enum RewrittenCall {
  ADD_SHUTDOWN_HOOK("java/lang/Runtime", "addShutdownHook", "(Ljava/lang/Thread;)V"),
  REMOVE_SHUTDOWN_HOOK("java/lang/Runtime", "removeShutdownHook", "(Ljava/lang/Thread;)Z"),
  RUNTIME_EXIT("java/lang/Runtime", "exit", "(I)V"),
  HALT("java/lang/Runtime", "halt", "(I)V"),
  SYSTEM_EXIT("java/lang/System", "exit", "(I)V");

  private final String owner;
  private final String method;
  private final String descriptor;

  RewrittenCall(String owner, String method, String descriptor) {
    this.owner = owner;
    this.method = method;
    this.descriptor = descriptor;
  }

  static Optional<RewrittenCall> of(String owner, String method, String descriptor) {
    return Arrays.stream(values())
        .filter(
            call ->
                call.method.equals(method)
                    && call.owner.equals(owner)
                    && call.descriptor.equals(descriptor))
        .findFirst();
  }

  String owner() {
    return owner;
  }

  String method() {
    return method;
  }

  String descriptor() {
    return descriptor;
  }

  int opcode() {
    return isStatic() ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL;
  }

  private boolean isStatic() {
    return this == SYSTEM_EXIT;
  }

  /** Of a static method that takes what the call has on the stack. */
  String staticDescriptor() {
    return isStatic() ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
  }

  /** Of the method in {@code ApplicationCalls}: the same with the calling class at the end. */
  String replacementDescriptor() {
    Type[] given = Type.getArgumentTypes(staticDescriptor());
    Type[] wanted = Arrays.copyOf(given, given.length + 1);
    wanted[given.length] = Type.getType(Class.class);
    return Type.getMethodDescriptor(Type.getReturnType(descriptor), wanted);
  }
}
