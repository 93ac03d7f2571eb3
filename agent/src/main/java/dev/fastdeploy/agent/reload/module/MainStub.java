package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.Diagnostics;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the main class, when the system loader defines it, by a class of the same name that has
 * only a {@code main}, which calls {@code ApplicationMain}. Changing the real class would be too
 * late for its static initialiser and its superclasses.
 */
final class MainStub implements ClassFileTransformer {

  private static final String MAIN = "dev/fastdeploy/agent/ApplicationMain";
  private static final String DESCRIPTOR = "([Ljava/lang/String;)V";

  private final String mainClass;

  /**
   * @param mainClass the name of the main class
   */
  MainStub(String mainClass) {
    this.mainClass = mainClass.replace('.', '/');
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != ClassLoader.getSystemClassLoader() || !mainClass.equals(className)) {
      return null;
    }
    try {
      return stub();
    } catch (Throwable failure) {
      Diagnostics.say(
          "the main class could not be replaced, so the strategy 'module' cannot be used: "
              + Diagnostics.reason(failure));
      return null;
    }
  }

  private byte[] stub() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V1_8,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
        mainClass,
        null,
        "java/lang/Object",
        null);
    MethodVisitor main =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "main", DESCRIPTOR, null, new String[0]);
    main.visitCode();
    main.visitVarInsn(Opcodes.ALOAD, 0);
    main.visitMethodInsn(Opcodes.INVOKESTATIC, MAIN, "run", DESCRIPTOR, false);
    main.visitInsn(Opcodes.RETURN);
    main.visitMaxs(0, 0);
    main.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
