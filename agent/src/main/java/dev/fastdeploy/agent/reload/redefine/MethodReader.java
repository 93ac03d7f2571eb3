package dev.fastdeploy.agent.reload.redefine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/**
 * Reads one method. Its body is written as text in which a jump names the number of an instruction,
 * so that neither debug information nor the numbering of the constant pool shows. Frames and stack
 * sizes follow from the instructions, and a program cannot see annotations inside a body, so both
 * are omitted.
 */
final class MethodReader extends MethodVisitor {

  private final String name;
  private final String descriptor;
  private final int access;
  private final Traits traits;
  private final Consumer<MethodOutline> result;

  /** Strings, and labels whose position is known only at the end. */
  private final List<Object> code = new ArrayList<>();

  private final List<CallSite> callSites = new ArrayList<>();
  private final Set<Integer> lines = new HashSet<>();
  private final Map<Label, Integer> places = new HashMap<>();
  private int instructions;
  private int parameters;

  MethodReader(
      int access, String name, String descriptor, Traits traits, Consumer<MethodOutline> result) {
    super(Opcodes.ASM9);
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
    this.traits = traits;
    this.result = result;
  }

  @Override
  public void visitParameter(@Nullable String parameter, int flags) {
    parameters++;
    traits.add("name of parameter " + parameters, parameter + " " + Integer.toHexString(flags));
  }

  @Override
  public AnnotationVisitor visitAnnotationDefault() {
    return AnnotationReader.ofDefault(traits);
  }

  @Override
  public AnnotationVisitor visitAnnotation(String type, boolean visible) {
    return AnnotationReader.of(traits, type);
  }

  @Override
  public AnnotationVisitor visitTypeAnnotation(
      int reference, @Nullable TypePath path, String type, boolean visible) {
    return AnnotationReader.of(traits, reference, path, type);
  }

  @Override
  public AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
    return AnnotationReader.ofParameter(traits, parameter + 1, type);
  }

  @Override
  public void visitAttribute(Attribute attribute) {
    ClassReading.addUnknown(traits, attribute);
  }

  @Override
  public void visitInsn(int opcode) {
    instruction(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    instruction(opcode, operand);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    instruction(opcode, variable);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    instruction(opcode, type);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String field, String type) {
    instruction(opcode, owner, field, type);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String method, String type, boolean ofInterface) {
    instruction(opcode, owner, method, type, ofInterface);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String method, String type, Handle bootstrap, Object... arguments) {
    CallSite site = Literals.callSite(method, type, bootstrap, arguments);
    callSites.add(site);
    instruction(Opcodes.INVOKEDYNAMIC, site);
  }

  @Override
  public void visitJumpInsn(int opcode, Label target) {
    instruction(opcode, target);
  }

  @Override
  public void visitLabel(Label label) {
    places.put(label, instructions);
  }

  @Override
  public void visitLineNumber(int line, Label start) {
    lines.add(line);
  }

  @Override
  public void visitLdcInsn(Object value) {
    if (value instanceof ConstantDynamic computed) {
      callSites.add(Literals.callSite(computed));
    }
    instruction(Opcodes.LDC, value.getClass().getSimpleName(), Literals.of(value));
  }

  @Override
  public void visitIincInsn(int variable, int by) {
    instruction(Opcodes.IINC, variable, by);
  }

  @Override
  public void visitTableSwitchInsn(int least, int most, Label otherwise, Label... targets) {
    instruction(Opcodes.TABLESWITCH, least, most, otherwise);
    code.addAll(List.of(targets));
  }

  @Override
  public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
    instruction(Opcodes.LOOKUPSWITCH, Literals.of(keys), otherwise);
    code.addAll(List.of(targets));
  }

  @Override
  public void visitMultiANewArrayInsn(String type, int dimensions) {
    instruction(Opcodes.MULTIANEWARRAY, type, dimensions);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    code.addAll(List.of("\ntry", start, end, handler, String.valueOf(type)));
  }

  @Override
  public void visitEnd() {
    result.accept(new MethodOutline(name, descriptor, access, traits, body(), callSites, lines));
  }

  private void instruction(int opcode, Object... operands) {
    instructions++;
    code.add("\n" + opcode);
    for (Object operand : operands) {
      code.add(operand instanceof Label ? operand : operand.toString());
    }
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    for (Object part : code) {
      body.append(part instanceof Label ? "@" + places.get(part) : part).append(' ');
    }
    return body.toString();
  }
}
