package dev.fastdeploy.agent.reload.redefine;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Turns a class file's own notation into text for a person. */
final class Words {

  /** The owner of the flags, since some bits have a different meaning for each. */
  enum Kind {
    CLASS,
    FIELD,
    METHOD
  }

  private Words() {}

  /** Returns the binary name for an internal one. */
  static String className(String internalName) {
    return internalName.replace('/', '.');
  }

  /** Returns the type of a descriptor as in source code. */
  static String type(String descriptor) {
    return Type.getType(descriptor).getClassName();
  }

  /** Returns a field with its type. */
  static String field(String name, String descriptor) {
    return type(descriptor) + " " + name;
  }

  /** Returns a method with its types. */
  static String method(String name, String descriptor) {
    String arguments =
        Arrays.stream(Type.getArgumentTypes(descriptor))
            .map(Type::getClassName)
            .collect(Collectors.joining(", ", "(", ")"));
    return name.equals("<init>")
        ? "constructor" + arguments
        : Type.getReturnType(descriptor).getClassName() + " " + name + arguments;
  }

  /** Returns flags as words, without {@code package-private}. */
  static String modifiers(int access, Kind kind) {
    StringJoiner words = new StringJoiner(" ");
    say(words, access, Opcodes.ACC_PUBLIC, "public");
    say(words, access, Opcodes.ACC_PROTECTED, "protected");
    say(words, access, Opcodes.ACC_PRIVATE, "private");
    say(words, access, Opcodes.ACC_ABSTRACT, "abstract");
    say(words, access, Opcodes.ACC_STATIC, "static");
    say(words, access, Opcodes.ACC_FINAL, "final");
    if (kind == Kind.METHOD) {
      say(words, access, Opcodes.ACC_SYNCHRONIZED, "synchronized");
      say(words, access, Opcodes.ACC_BRIDGE, "bridge");
      say(words, access, Opcodes.ACC_VARARGS, "varargs");
      say(words, access, Opcodes.ACC_NATIVE, "native");
      say(words, access, Opcodes.ACC_STRICT, "strictfp");
    } else if (kind == Kind.FIELD) {
      say(words, access, Opcodes.ACC_VOLATILE, "volatile");
      say(words, access, Opcodes.ACC_TRANSIENT, "transient");
    } else {
      say(words, access, Opcodes.ACC_INTERFACE, "interface");
      say(words, access, Opcodes.ACC_ANNOTATION, "annotation");
      say(words, access, Opcodes.ACC_MODULE, "module");
      say(words, access, Opcodes.ACC_RECORD, "record");
    }
    say(words, access, Opcodes.ACC_ENUM, kind == Kind.METHOD ? "0x4000" : "enum");
    say(words, access, Opcodes.ACC_SYNTHETIC, "synthetic");
    say(words, access, Opcodes.ACC_DEPRECATED, "deprecated");
    return words.toString();
  }

  private static void say(StringJoiner words, int access, int flag, String word) {
    if ((access & flag) != 0) {
      words.add(word);
    }
  }
}
