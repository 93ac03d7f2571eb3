package dev.fastdeploy.agent.reload.process.polite;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the code of points into one loaded class. A method that the class inherits is changed in
 * the superclass that declares it: older versions override less.
 */
final class Insertion implements ClassFileTransformer {

  private final Class<?> type;
  private final String prefix;
  private final List<Point> points;
  private final List<Point> inserted = new ArrayList<>();
  private @Nullable Throwable failure;

  /** The class that is being changed. */
  private Class<?> declaring;

  /**
   * @param prefix of the names of the server's types
   * @param points all in this class
   */
  Insertion(Class<?> type, String prefix, List<Point> points) {
    this.type = type;
    this.declaring = type;
    this.prefix = prefix;
    this.points = points;
  }

  /**
   * Changes the class.
   *
   * @throws UnmodifiableClassException if it is one that the JVM never changes
   * @throws NoSuchMethodException if it lacks a method, and so is not of a known version
   * @throws IllegalStateException if its class file cannot be changed
   */
  void in(Instrumentation instrumentation)
      throws UnmodifiableClassException, NoSuchMethodException {
    instrumentation.addTransformer(this, true);
    try {
      while (inserted.size() < points.size() && !declaring.getName().startsWith("java.")) {
        instrumentation.retransformClasses(declaring);
        declaring = declaring.getSuperclass();
      }
    } finally {
      instrumentation.removeTransformer(this);
    }
    if (failure != null) {
      throw new IllegalStateException(type.getName() + ": " + failure, failure);
    }
    for (Point point : points) {
      if (!inserted.contains(point)) {
        throw new NoSuchMethodException(type.getName() + "." + point.method());
      }
    }
  }

  /** Keeps what it throws: the JVM would drop it. */
  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (redefined != declaring) {
      return null;
    }
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Methods(writer), 0);
      return writer.toByteArray();
    } catch (Throwable thrown) {
      failure = thrown;
      return null;
    }
  }

  private final class Methods extends ClassVisitor {

    Methods(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      List<Point> here = new ArrayList<>();
      if ((access & Opcodes.ACC_BRIDGE) == 0) {
        points.stream()
            .filter(point -> point.isAt(prefix, name, descriptor) && !inserted.contains(point))
            .forEach(here::add);
      }
      return here.isEmpty() ? method : new Entry(method, here);
    }
  }

  private final class Entry extends MethodVisitor {

    private final List<Point> here;

    Entry(MethodVisitor next, List<Point> here) {
      super(Opcodes.ASM9, next);
      this.here = here;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      for (Point point : here) {
        EntryCode.write(mv, prefix, point.code());
        inserted.add(point);
      }
    }
  }
}
