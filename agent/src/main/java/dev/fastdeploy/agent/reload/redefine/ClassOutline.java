package dev.fastdeploy.agent.reload.redefine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * What a class file says, without debug information and apart from how it is written down.
 *
 * @param name as {@link Class#getName} has it
 * @param traits what the class declares besides its members
 * @param insideMethod whether it is an anonymous or a local class, which the compiler names by
 *     counting
 * @param components of a record, by name and type, in their order
 * @param fields by name and type, in their order
 * @param methods by name and types, in their order
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
   * @throws DifferenceException if it is none, or one of a Java that is not known here: what it
   *     says cannot be compared
   */
  static ClassOutline of(byte[] classFile) throws DifferenceException {
    try {
      ClassReading reading = new ClassReading();
      new ClassReader(classFile).accept(reading, ClassReader.SKIP_FRAMES);
      return reading.outline();
    } catch (RuntimeException unreadable) {
      // ASM has no exception of its own for what is not a class file.
      throw new DifferenceException("it cannot be read as a class file: " + unreadable);
    }
  }
}
