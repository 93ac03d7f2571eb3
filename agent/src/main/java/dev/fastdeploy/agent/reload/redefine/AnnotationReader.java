package dev.fastdeploy.agent.reload.redefine;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.jar.asm.TypeReference;
import org.jspecify.annotations.Nullable;

/** Writes an annotation's values in order, and passes on the text at the end. */
final class AnnotationReader extends AnnotationVisitor {

  private final StringBuilder text;
  private final String end;
  private final Consumer<String> result;
  private boolean empty = true;

  private AnnotationReader(StringBuilder text, String begin, String end, Consumer<String> result) {
    super(Opcodes.ASM9);
    this.text = text.append(begin);
    this.end = end;
    this.result = result;
  }

  /** Returns a reader for an annotation of a class or a member. */
  static AnnotationReader of(Traits traits, String descriptor) {
    return into(traits, "annotation @" + Words.type(descriptor));
  }

  /** Returns a reader for an annotation of a type that a declaration uses. */
  static AnnotationReader of(
      Traits traits, int reference, @Nullable TypePath path, String descriptor) {
    TypeReference target = new TypeReference(reference);
    return into(
        traits,
        "type annotation @"
            + Words.type(descriptor)
            + " at "
            + Integer.toHexString(target.getValue())
            + (path == null ? "" : ":" + path));
  }

  /** Returns a reader for an annotation of a parameter, the first of which is 1. */
  static AnnotationReader ofParameter(Traits traits, int number, String descriptor) {
    return into(traits, "parameter " + number + ": annotation @" + Words.type(descriptor));
  }

  /** Returns a reader for the default value of an annotation's element. */
  static AnnotationReader ofDefault(Traits traits) {
    return new AnnotationReader(
        new StringBuilder(), "", "", text -> traits.add("default value", text));
  }

  private static AnnotationReader into(Traits traits, String name) {
    return new AnnotationReader(new StringBuilder(), "(", ")", text -> traits.add(name, text));
  }

  @Override
  public void visit(@Nullable String name, Object value) {
    named(name).append(Literals.of(value));
  }

  @Override
  public void visitEnum(@Nullable String name, String descriptor, String value) {
    named(name).append(Words.type(descriptor)).append('.').append(value);
  }

  @Override
  public AnnotationVisitor visitAnnotation(@Nullable String name, String descriptor) {
    named(name).append('@').append(Words.type(descriptor));
    return new AnnotationReader(text, "(", ")", ignored -> {});
  }

  @Override
  public AnnotationVisitor visitArray(@Nullable String name) {
    named(name);
    return new AnnotationReader(text, "{", "}", ignored -> {});
  }

  @Override
  public void visitEnd() {
    text.append(end);
    result.accept(text.toString());
  }

  private StringBuilder named(@Nullable String name) {
    if (!empty) {
      text.append(", ");
    }
    empty = false;
    return name == null ? text : text.append(name).append('=');
  }
}
