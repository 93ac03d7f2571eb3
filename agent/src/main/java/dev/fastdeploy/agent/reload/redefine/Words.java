package dev.fastdeploy.agent.reload.redefine;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** How a class file's own notation reads to a person. */
final class Words {

  /** Whose flags are meant: some bits have another meaning for each. */
  enum Kind {
    CLASS,
    FIELD,
    METHOD
  }

  private Words() {}

  /** The binary name of an internal one. */
  static String className(String internalName) {
    return internalName.replace('/', '.');
  }

  /** The type of a descriptor, as source has it. */
  static String type(String descriptor) {
    return Type.getType(descriptor).getClassName();
  }

  /** A field with its type. */
  static String field(String name, String descriptor) {
    return type(descriptor) + " " + name;
  }

  /** A method with its types. */
  static String method(String name, String descriptor) {
    String arguments =
        Arrays.stream(Type.getArgumentTypes(descriptor))
            .map(Type::getClassName)
            .collect(Collectors.joining(", ", "(", ")"));
    return name.equals("<init>")
        ? "constructor" + arguments
        : Type.getReturnType(descriptor).getClassName() + " " + name + arguments;
  }

  /** Flags as words, {@code package-private} left unsaid. */
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
