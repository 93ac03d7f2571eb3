package dev.fastdeploy.agent.reload.redefine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * The contents of a class file, without debug information and independent of its encoding.
 *
 * @param name as in {@link Class#getName}
 * @param traits what the class declares besides its members
 * @param insideMethod true for an anonymous or a local class, which the compiler names by counting
 * @param components components of a record, by name and type, in order
 * @param fields fields by name and type, in order
 * @param methods methods by name and types, in order
 */
record ClassOutline(
    String name,
    Traits traits,
    boolean insideMethod,
    Map<String, FieldOutline> components,
    Map<String, FieldOutline> fields,
    Map<String, MethodOutline> methods) {

  ClassOutline {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
  }

  /**
   * Reads a class file.
   *
   * @throws DifferenceException if it is not a class file, or is from a newer Java than is known
   *     here, whose contents cannot be compared
   */
  static ClassOutline of(byte[] classFile) throws DifferenceException {
    try {
      ClassReading reading = new ClassReading();
      new ClassReader(classFile).accept(reading, ClassReader.SKIP_FRAMES);
      return reading.outline();
    } catch (RuntimeException unreadable) {
      // ASM has no exception of its own for a file that is not a class file.
      throw new DifferenceException("it cannot be read as a class file: " + unreadable);
    }
  }
}
