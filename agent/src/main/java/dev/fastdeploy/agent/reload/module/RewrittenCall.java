package dev.fastdeploy.agent.reload.module;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A call to the JDK that is redirected to {@code ApplicationCalls}, with the calling class added:
 * the end of the JVM, and calls that take the system class loader for the application's. The system
 * loader has the class path that the JVM was started with, and in it the stub of the main class.
 */
enum RewrittenCall {
  ADD_SHUTDOWN_HOOK("java/lang/Runtime", "addShutdownHook", "(Ljava/lang/Thread;)V", Kind.METHOD),
  REMOVE_SHUTDOWN_HOOK(
      "java/lang/Runtime", "removeShutdownHook", "(Ljava/lang/Thread;)Z", Kind.METHOD),
  RUNTIME_EXIT("java/lang/Runtime", "exit", "(I)V", Kind.METHOD),
  HALT("java/lang/Runtime", "halt", "(I)V", Kind.METHOD),
  SYSTEM_EXIT("java/lang/System", "exit", "(I)V", Kind.STATIC),
  SYSTEM_LOADER(Names.LOADER, "getSystemClassLoader", "()Ljava/lang/ClassLoader;", Kind.OF_LOADERS),
  SYSTEM_RESOURCE(
      Names.LOADER, "getSystemResource", "(Ljava/lang/String;)Ljava/net/URL;", Kind.OF_LOADERS),
  SYSTEM_RESOURCES(
      Names.LOADER,
      "getSystemResources",
      "(Ljava/lang/String;)Ljava/util/Enumeration;",
      Kind.OF_LOADERS),
  SYSTEM_RESOURCE_AS_STREAM(
      Names.LOADER,
      "getSystemResourceAsStream",
      "(Ljava/lang/String;)Ljava/io/InputStream;",
      Kind.OF_LOADERS),
  NEW_LOADER(Names.LOADER, "<init>", "()V", Kind.PARENT_ADDED),
  NEW_SECURE_LOADER(Names.SECURE_LOADER, "<init>", "()V", Kind.PARENT_ADDED),
  NEW_URL_LOADER(Names.URL_LOADER, "<init>", "([Ljava/net/URL;)V", Kind.PARENT_ADDED),
  URL_LOADER_INSTANCE(
      Names.URL_LOADER,
      "newInstance",
      "([Ljava/net/URL;)Ljava/net/URLClassLoader;",
      Kind.PARENT_ADDED),
  SERVICES(
      Names.SERVICES, "load", "(Ljava/lang/Class;)Ljava/util/ServiceLoader;", Kind.CONTEXT_ADDED),
  SERVICES_OF_LOADER(
      Names.SERVICES,
      "load",
      "(Ljava/lang/Class;Ljava/lang/ClassLoader;)Ljava/util/ServiceLoader;",
      Kind.LOADER_OR_SYSTEM),
  CLASS_OF_LOADER(
      "java/lang/Class",
      "forName",
      "(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;",
      Kind.LOADER_REPLACED);

  private static final String CALLS = CallsClass.NAME.replace('.', '/');
  private static final String LOADER_TYPE = "Ljava/lang/ClassLoader;";
  private static final String ARGUMENT_REPLACED =
      "(Ljava/lang/ClassLoader;Ljava/lang/Class;)Ljava/lang/ClassLoader;";

  private static final Set<String> OWNERS =
      Set.of(
          "java/lang/System",
          "java/lang/Runtime",
          "java/lang/Class",
          Names.LOADER,
          Names.SECURE_LOADER,
          Names.URL_LOADER,
          Names.SERVICES);

  private enum Kind {
    METHOD,
    STATIC,
    /** Static and inherited by every class loader, so the call may name any of them. */
    OF_LOADERS,
    PARENT_ADDED,
    CONTEXT_ADDED,
    LOADER_OR_SYSTEM,
    LOADER_REPLACED
  }

  /** The classes that are named more than once. */
  private static final class Names {
    static final String LOADER = "java/lang/ClassLoader";
    static final String SECURE_LOADER = "java/security/SecureClassLoader";
    static final String URL_LOADER = "java/net/URLClassLoader";
    static final String SERVICES = "java/util/ServiceLoader";
  }

  private final String owner;
  private final String method;
  private final String descriptor;
  private final Kind kind;

  RewrittenCall(String owner, String method, String descriptor, Kind kind) {
    this.owner = owner;
    this.method = method;
    this.descriptor = descriptor;
    this.kind = kind;
  }

  /** Returns true if calls to a class of the JDK may be rewritten. */
  static boolean hasOwner(String owner) {
    return OWNERS.contains(owner);
  }

  /** Returns the call for a method and the class that declares it. */
  static Optional<RewrittenCall> of(String owner, String method, String descriptor) {
    return Arrays.stream(values())
        .filter(call -> call.matches(method, descriptor) && call.isOwnedBy(owner))
        .findFirst();
  }

  /** Returns the call for a static method that a class inherits if it is a class loader. */
  static Optional<RewrittenCall> inherited(String method, String descriptor) {
    return Arrays.stream(values())
        .filter(call -> call.kind == Kind.OF_LOADERS && call.matches(method, descriptor))
        .findFirst();
  }

  private boolean matches(String otherMethod, String otherDescriptor) {
    return method.equals(otherMethod) && descriptor.equals(otherDescriptor);
  }

  private boolean isOwnedBy(String other) {
    return owner.equals(other)
        || (kind == Kind.OF_LOADERS
            && (other.equals(Names.SECURE_LOADER) || other.equals(Names.URL_LOADER)));
  }

  boolean isConstructor() {
    return method.equals("<init>");
  }

  String owner() {
    return owner;
  }

  int opcode() {
    if (isConstructor()) {
      return Opcodes.INVOKESPECIAL;
    }
    return kind == Kind.METHOD ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKESTATIC;
  }

  /** Returns the descriptor of a static method that takes what the call has on the stack. */
  String staticDescriptor() {
    if (isConstructor()) {
      return descriptor.substring(0, descriptor.indexOf(')') + 1) + "L" + owner + ";";
    }
    return kind == Kind.METHOD ? "(L" + owner + ";" + descriptor.substring(1) : descriptor;
  }

  /**
   * Writes the replacement.
   *
   * @param code has the arguments of the call on its stack
   * @param callingClass pushes the calling class
   */
  void write(MethodVisitor code, Runnable callingClass) {
    callingClass.run();
    switch (kind) {
      case METHOD, STATIC, OF_LOADERS -> call(code, method, withClass(staticDescriptor()));
      case PARENT_ADDED -> {
        call(code, SYSTEM_LOADER.method, withClass(SYSTEM_LOADER.descriptor));
        callItself(code, withLoader());
      }
      case CONTEXT_ADDED -> {
        call(code, "contextLoader", withClass(SYSTEM_LOADER.descriptor));
        callItself(code, withLoader());
      }
      case LOADER_OR_SYSTEM -> {
        call(code, "orSystemLoader", ARGUMENT_REPLACED);
        callItself(code, descriptor);
      }
      case LOADER_REPLACED -> {
        call(code, "insteadOfSystemLoader", ARGUMENT_REPLACED);
        callItself(code, descriptor);
      }
    }
  }

  private static void call(MethodVisitor code, String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, name, descriptor, false);
  }

  /** Keeps the call in the calling class itself, which the JDK may check. */
  private void callItself(MethodVisitor code, String changed) {
    code.visitMethodInsn(opcode(), owner, method, changed, false);
  }

  private String withLoader() {
    return descriptor.replace(")", LOADER_TYPE + ")");
  }

  private static String withClass(String descriptor) {
    Type[] given = Type.getArgumentTypes(descriptor);
    Type[] wanted = Arrays.copyOf(given, given.length + 1);
    wanted[given.length] = Type.getType(Class.class);
    return Type.getMethodDescriptor(Type.getReturnType(descriptor), wanted);
  }
}
