package dev.fastdeploy.agent.reload.process.polite;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes code at the entry of a method. The code may leave early; whatever it throws is dropped, so
 * that a server whose members differ answers as ever. The stack must be empty wherever it may
 * leave, and a parameter may only be replaced by one of its type: the stack map frames say so.
 */
final class EntryCode {

  private final MethodVisitor method;
  private final String prefix;
  private final Label end = new Label();

  private EntryCode(MethodVisitor method, String prefix) {
    this.method = method;
    this.prefix = prefix;
  }

  /**
   * Writes one piece of code.
   *
   * @param prefix of the names of the server's types
   */
  static void write(MethodVisitor method, String prefix, Consumer<EntryCode> content) {
    EntryCode code = new EntryCode(method, prefix);
    Label begin = new Label();
    Label thrown = new Label();
    method.visitTryCatchBlock(begin, thrown, thrown, "java/lang/Throwable");
    method.visitLabel(begin);
    content.accept(code);
    method.visitJumpInsn(Opcodes.GOTO, code.end);
    method.visitLabel(thrown);
    method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
    method.visitInsn(Opcodes.POP);
    method.visitLabel(code.end);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    // The method's own code may begin with a frame, and two cannot be at one place.
    method.visitInsn(Opcodes.NOP);
  }

  /** Puts a reference on the stack: {@code this} or a parameter. */
  EntryCode load(int local) {
    method.visitVarInsn(Opcodes.ALOAD, local);
    return this;
  }

  /** Puts an {@code int} parameter on the stack. */
  EntryCode loadInt(int local) {
    method.visitVarInsn(Opcodes.ILOAD, local);
    return this;
  }

  /** Replaces a parameter. */
  EntryCode store(int local) {
    method.visitVarInsn(Opcodes.ASTORE, local);
    return this;
  }

  /**
   * Puts an {@code Integer}, {@code Long} or {@code String} on the stack, the first two unboxed.
   */
  EntryCode constant(Object value) {
    method.visitLdcInsn(value);
    return this;
  }

  /** Puts a class on the stack. */
  EntryCode typeConstant(String type) {
    method.visitLdcInsn(Type.getObjectType(Shading.type(prefix, type)));
    return this;
  }

  /** Replaces an object by the value of its field. */
  EntryCode get(String owner, String name, String descriptor) {
    return field(Opcodes.GETFIELD, owner, name, descriptor);
  }

  /** Takes an object and a value, and sets its field. */
  EntryCode set(String owner, String name, String descriptor) {
    return field(Opcodes.PUTFIELD, owner, name, descriptor);
  }

  /** Puts the value of a static field on the stack. */
  EntryCode getStatic(String owner, String name, String descriptor) {
    return field(Opcodes.GETSTATIC, owner, name, descriptor);
  }

  /** Calls a method of a class. */
  EntryCode call(String owner, String name, String descriptor) {
    return invoke(Opcodes.INVOKEVIRTUAL, owner, name, descriptor);
  }

  /** Calls a method of an interface. */
  EntryCode callInterface(String owner, String name, String descriptor) {
    return invoke(Opcodes.INVOKEINTERFACE, owner, name, descriptor);
  }

  /** Calls a static method of a class. */
  EntryCode callStatic(String owner, String name, String descriptor) {
    return invoke(Opcodes.INVOKESTATIC, owner, name, descriptor);
  }

  /** Puts an object on the stack that is to be constructed, twice. */
  EntryCode create(String type) {
    method.visitTypeInsn(Opcodes.NEW, Shading.type(prefix, type));
    return twice();
  }

  /** Calls a constructor. */
  EntryCode construct(String owner, String descriptor) {
    return invoke(Opcodes.INVOKESPECIAL, owner, "<init>", descriptor);
  }

  /** Replaces an object by whether it is of a type. */
  EntryCode isA(String type) {
    method.visitTypeInsn(Opcodes.INSTANCEOF, Shading.type(prefix, type));
    return this;
  }

  /** Casts an object. */
  EntryCode as(String type) {
    method.visitTypeInsn(Opcodes.CHECKCAST, Shading.type(prefix, type));
    return this;
  }

  /** Doubles a reference. */
  EntryCode twice() {
    method.visitInsn(Opcodes.DUP);
    return this;
  }

  /** Drops a reference or an {@code int}. */
  EntryCode drop() {
    method.visitInsn(Opcodes.POP);
    return this;
  }

  /** Leaves if a boolean is false. */
  EntryCode leaveUnless() {
    return leave(Opcodes.IFEQ);
  }

  /** Leaves if a boolean is true. */
  EntryCode leaveIf() {
    return leave(Opcodes.IFNE);
  }

  /** Leaves if a reference is null. */
  EntryCode leaveIfNull() {
    return leave(Opcodes.IFNULL);
  }

  /** Leaves if an {@code int} is not a value. */
  EntryCode leaveUnless(int value) {
    return constant(value).leave(Opcodes.IF_ICMPNE);
  }

  /** Ends the method with false if an {@code int} is a value. */
  EntryCode returnFalseIf(int value) {
    Label other = new Label();
    constant(value);
    method.visitJumpInsn(Opcodes.IF_ICMPNE, other);
    method.visitInsn(Opcodes.ICONST_0);
    method.visitInsn(Opcodes.IRETURN);
    method.visitLabel(other);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    return this;
  }

  /**
   * Leaves if an {@code int} is the status of an interim answer. One of them, 101, is the last of
   * its connection in this protocol.
   */
  EntryCode leaveIfInterim() {
    return constant(200).leave(Opcodes.IF_ICMPLT);
  }

  private EntryCode leave(int opcode) {
    method.visitJumpInsn(opcode, end);
    return this;
  }

  private EntryCode field(int opcode, String owner, String name, String descriptor) {
    method.visitFieldInsn(
        opcode, Shading.type(prefix, owner), name, Shading.descriptor(prefix, descriptor));
    return this;
  }

  private EntryCode invoke(int opcode, String owner, String name, String descriptor) {
    method.visitMethodInsn(
        opcode,
        Shading.type(prefix, owner),
        name,
        Shading.descriptor(prefix, descriptor),
        opcode == Opcodes.INVOKEINTERFACE);
    return this;
  }
}
