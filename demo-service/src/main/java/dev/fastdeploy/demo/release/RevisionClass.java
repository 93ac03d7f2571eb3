package dev.fastdeploy.demo.release;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Puts a commit into the body of the method that returns it, as compiling its source again would,
 * but without a compiler: a demo also runs on a Java runtime. The method loads one text, which the
 * class file holds once in its constant pool.
 */
final class RevisionClass {

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD_HANDLE = 15;

  private RevisionClass() {}

  /**
   * Returns the class file with one text replaced by another.
   *
   * @throws IOException if the class file does not hold the text exactly once
   */
  static byte[] with(byte[] classFile, String old, String replacement) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    ByteArrayOutputStream written = new ByteArrayOutputStream(classFile.length + 64);
    DataOutputStream out = new DataOutputStream(written);
    out.writeLong(in.readLong());
    int count = in.readUnsignedShort();
    out.writeShort(count);
    int replaced = 0;
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        String text = in.readUTF();
        replaced += text.equals(old) ? 1 : 0;
        out.writeUTF(text.equals(old) ? replacement : text);
      } else {
        out.write(in.readNBytes(length(tag)));
        i += tag == LONG || tag == DOUBLE ? 1 : 0;
      }
    }
    if (replaced != 1) {
      throw new IOException("the class file holds '" + old + "' " + replaced + " times, not once");
    }
    out.write(in.readAllBytes());
    return written.toByteArray();
  }

  /** Returns the number of bytes of a constant after its tag. */
  private static int length(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case METHOD_HANDLE -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case LONG, DOUBLE -> 8;
      default -> throw new IOException("a class file has no constants of kind " + tag);
    };
  }
}
