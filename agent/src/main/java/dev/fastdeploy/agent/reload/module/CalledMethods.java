package dev.fastdeploy.agent.reload.module;

import net.bytebuddy.jar.asm.ClassReader;

/** Searches the constants of a class: few classes have a call to rewrite. */
final class CalledMethods {

  private static final int METHOD = 10;
  private static final int CLASS_INDEX = 0;
  private static final int NAME_AND_TYPE_INDEX = 2;

  private CalledMethods() {}

  /**
   * Returns true if one of the {@link RewrittenCall}s is among the methods that a class refers to.
   */
  static boolean of(ClassReader reader) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item > 0 && reader.readByte(item - 1) == METHOD && isRewritten(reader, item, buffer)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRewritten(ClassReader reader, int item, char[] buffer) {
    String owner = reader.readClass(item + CLASS_INDEX, buffer);
    boolean own = owner.equals(reader.getClassName());
    if (!own && !RewrittenCall.hasOwner(owner)) {
      return false;
    }
    int nameAndType = reader.getItem(reader.readUnsignedShort(item + NAME_AND_TYPE_INDEX));
    String name = reader.readUTF8(nameAndType, buffer);
    String descriptor = reader.readUTF8(nameAndType + 2, buffer);
    return (own
            ? RewrittenCall.inherited(name, descriptor)
            : RewrittenCall.of(owner, name, descriptor))
        .isPresent();
  }
}
