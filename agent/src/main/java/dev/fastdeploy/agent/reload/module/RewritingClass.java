package dev.fastdeploy.agent.reload.module;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the calls of one class. The calling class cannot be added to a method reference ({@code
 * System::exit}), so the reference is redirected to a method added to the class, which contains the
 * call.
 */
final class RewritingClass extends ClassVisitor {

  private static final String BRIDGE = "fastdeploy$";

  private final Set<RewrittenCall> bridges = EnumSet.noneOf(RewrittenCall.class);
  private final Set<String> declared = new HashSet<>();
  private String self = "";
  private boolean isInterface;
  private boolean knowsClassConstants;

  private RewritingClass(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /** Returns the class with its calls rewritten. */
  static byte[] of(ClassReader reader) {
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    RewritingClass rewriting = new RewritingClass(writer);
    reader.accept(rewriting.new Declared(), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    reader.accept(rewriting, 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    self = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    knowsClassConstants = (version & 0xFFFF) >= Opcodes.V1_5;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Code(super.visitMethod(access, name, descriptor, signature, exceptions));
  }

  @Override
  public void visitEnd() {
    bridges.forEach(this::visitBridge);
    super.visitEnd();
  }

  private void visitBridge(RewrittenCall call) {
    MethodVisitor bridge =
        super.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            bridgeName(call),
            call.staticDescriptor(),
            null,
            null);
    bridge.visitCode();
    if (call.isConstructor()) {
      bridge.visitTypeInsn(Opcodes.NEW, call.owner());
      bridge.visitInsn(Opcodes.DUP);
    }
    int local = 0;
    for (Type argument : Type.getArgumentTypes(call.staticDescriptor())) {
      bridge.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    call.write(bridge, () -> visitSelf(bridge));
    bridge.visitInsn(Type.getReturnType(call.staticDescriptor()).getOpcode(Opcodes.IRETURN));
    bridge.visitMaxs(0, 0);
    bridge.visitEnd();
  }

  private static String bridgeName(RewrittenCall call) {
    return BRIDGE + call.name().toLowerCase(java.util.Locale.ROOT);
  }

  private void visitSelf(MethodVisitor code) {
    if (knowsClassConstants) {
      code.visitLdcInsn(Type.getObjectType(self));
    } else {
      // As compilers did before class constants existed.
      code.visitLdcInsn(self.replace('/', '.'));
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/Class",
          "forName",
          "(Ljava/lang/String;)Ljava/lang/Class;",
          false);
    }
  }

  private Optional<RewrittenCall> call(String owner, String name, String descriptor) {
    return owner.equals(self) && !declared.contains(name + descriptor)
        ? RewrittenCall.inherited(name, descriptor)
        : RewrittenCall.of(owner, name, descriptor);
  }

  private Object replaced(Object constant) {
    if (constant instanceof Handle handle) {
      return replaced(handle);
    }
    if (constant instanceof ConstantDynamic dynamic) {
      Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = replaced(dynamic.getBootstrapMethodArgument(i));
      }
      return new ConstantDynamic(
          dynamic.getName(), dynamic.getDescriptor(), dynamic.getBootstrapMethod(), arguments);
    }
    return constant;
  }

  private Handle replaced(Handle handle) {
    Optional<RewrittenCall> call = call(handle.getOwner(), handle.getName(), handle.getDesc());
    if (call.isEmpty()) {
      return handle;
    }
    bridges.add(call.get());
    return new Handle(
        Opcodes.H_INVOKESTATIC,
        self,
        bridgeName(call.get()),
        call.get().staticDescriptor(),
        isInterface);
  }

  /** Collects the methods that the class declares. It inherits all others. */
  private final class Declared extends ClassVisitor {

    Declared() {
      super(Opcodes.ASM9);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      declared.add(name + descriptor);
      return null;
    }
  }

  private final class Code extends MethodVisitor {

    Code(@Nullable MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      Optional<RewrittenCall> call = call(owner, name, descriptor);
      if (call.isPresent() && call.get().opcode() == opcode) {
        call.get().write(mv, () -> visitSelf(mv));
      } else {
        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      }
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      Object[] replaced = new Object[arguments.length];
      for (int i = 0; i < arguments.length; i++) {
        replaced[i] = replaced(arguments[i]);
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, replaced);
    }

    @Override
    public void visitLdcInsn(Object value) {
      super.visitLdcInsn(replaced(value));
    }
  }
}
