package dev.fastdeploy.agent.reload.redefine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.RecordComponentVisitor;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/**
 * Collects the {@link ClassOutline} while ASM reads a class file. ASM's visitors of classes,
 * fields, methods and record components share no type, so each forwards the annotations.
 */
final class ClassReading extends ClassVisitor {

  private String name = "";
  private boolean insideMethod;
  private final Traits traits = new Traits();
  private final Map<String, FieldOutline> components = new LinkedHashMap<>();
  private final Map<String, FieldOutline> fields = new LinkedHashMap<>();
  private final Map<String, MethodOutline> methods = new LinkedHashMap<>();

  ClassReading() {
    super(Opcodes.ASM9);
  }

  ClassOutline outline() {
    return new ClassOutline(
        Words.className(name), traits, insideMethod, components, fields, methods);
  }

  /** Adds an attribute that ASM does not know, to be compared as it is. */
  static void addUnknown(Traits traits, Attribute attribute) {
    byte[] content = Attribute.write(attribute, new ClassWriter(0), new byte[0], 0, 0, 0);
    traits.add("attribute " + attribute.type, Arrays.toString(content));
  }

  @Override
  public void visit(
      int version,
      int access,
      String internalName,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    name = internalName;
    traits.add("class file version", (version & 0xffff) + "." + (version >>> 16));
    traits.add("modifiers", Words.modifiers(access, Words.Kind.CLASS));
    traits.add("generic signature", orEmpty(signature));
    traits.add("superclass", Words.className(orEmpty(superName)));
    traits.add(
        "interfaces", interfaces == null ? "" : Words.className(String.join(", ", interfaces)));
  }

  @Override
  public void visitNestHost(String host) {
    traits.add("nest host", Words.className(host));
  }

  @Override
  public void visitOuterClass(String owner, @Nullable String method, @Nullable String descriptor) {
    insideMethod = true;
    traits.add(
        "enclosing method",
        Words.className(owner)
            + (method == null || descriptor == null
                ? ""
                : ": " + Words.method(method, descriptor)));
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
  public void visitAttribute(Attribute attribute) {
    addUnknown(traits, attribute);
  }

  @Override
  public void visitNestMember(String member) {
    traits.add("nest member " + Words.className(member));
  }

  @Override
  public void visitPermittedSubclass(String subclass) {
    traits.add("permitted subclass " + Words.className(subclass));
  }

  /**
   * Ignored: a body that uses some other nested class adds an entry for it, which declares nothing.
   */
  @Override
  public void visitInnerClass(
      String inner, @Nullable String outer, @Nullable String innerName, int access) {
    boolean own =
        inner.equals(name) || (outer == null ? inner.startsWith(name + "$") : outer.equals(name));
    if (own) {
      traits.add(
          "inner class " + Words.className(inner),
          Words.modifiers(access, Words.Kind.CLASS)
              + " "
              + Words.className(orEmpty(outer))
              + " "
              + orEmpty(innerName));
    }
  }

  @Override
  public RecordComponentVisitor visitRecordComponent(
      String component, String descriptor, @Nullable String signature) {
    Traits own = new Traits();
    own.add("generic signature", orEmpty(signature));
    components.put(
        component + ":" + descriptor, new FieldOutline(Words.field(component, descriptor), own));
    return new RecordComponentVisitor(Opcodes.ASM9) {
      @Override
      public AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return AnnotationReader.of(own, type);
      }

      @Override
      public AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return AnnotationReader.of(own, reference, path, type);
      }

      @Override
      public void visitAttribute(Attribute attribute) {
        addUnknown(own, attribute);
      }
    };
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String field,
      String descriptor,
      @Nullable String signature,
      @Nullable Object constant) {
    Traits own = new Traits();
    own.add("modifiers", Words.modifiers(access, Words.Kind.FIELD));
    own.add("generic signature", orEmpty(signature));
    own.add("constant value", constant == null ? "" : Literals.of(constant));
    fields.put(field + ":" + descriptor, new FieldOutline(Words.field(field, descriptor), own));
    return new FieldVisitor(Opcodes.ASM9) {
      @Override
      public AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return AnnotationReader.of(own, type);
      }

      @Override
      public AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return AnnotationReader.of(own, reference, path, type);
      }

      @Override
      public void visitAttribute(Attribute attribute) {
        addUnknown(own, attribute);
      }
    };
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String method,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    Traits own = new Traits();
    own.add("modifiers", Words.modifiers(access, Words.Kind.METHOD));
    own.add("generic signature", orEmpty(signature));
    own.add(
        "declared exceptions",
        exceptions == null ? "" : Words.className(String.join(", ", exceptions)));
    return new MethodReader(
        access, method, descriptor, own, outline -> methods.put(method + descriptor, outline));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
