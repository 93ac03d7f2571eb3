package dev.fastdeploy.agent.listening;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The constants of a class file (JVMS 4.4), to let its code call methods of another class that have
 * the same names and descriptors. The code itself stays as it is, so nothing else of the file has
 * to be understood, and a library that understands it need not be loaded in front of a service's
 * {@code main}. That is where this runs, interpreted: it looks at bytes and makes few objects. Not
 * thread-safe.
 */
final class ClassConstants {

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;

  /** Where the constants begin: behind magic number, versions and their count. */
  private static final int FIRST = 10;

  private final byte[] file;
  private final int[] places;
  private final int end;

  private ClassConstants(byte[] file) throws IOException {
    this.file = file;
    places = new int[number(8)];
    int at = FIRST;
    for (int index = 1; index < places.length; index++) {
      places[index] = at;
      int tag = file[at];
      at += length(tag, at);
      if (tag == 5 || tag == 6) {
        // A long or a double takes two indexes (JVMS 4.4.5).
        index++;
      }
    }
    end = at;
  }

  /**
   * Reads a class file.
   *
   * @param file is changed
   * @throws IOException if it is not one, or is newer than this code
   */
  static ClassConstants of(byte[] file) throws IOException {
    try {
      return new ClassConstants(file);
    } catch (IndexOutOfBoundsException cut) {
      throw new IOException("a class file that ends in its constants", cut);
    }
  }

  private int length(int tag, int at) throws IOException {
    return switch (tag) {
      case UTF8 -> 3 + number(at + 1);
      case CLASS, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      case 3, 4, 9, METHOD, 11, 12, 17, 18 -> 5;
      case 5, 6 -> 9;
      default -> throw new IOException("a class file with the unknown constant " + tag);
    };
  }

  private int number(int at) {
    return ((file[at] & 0xff) << 8) | (file[at + 1] & 0xff);
  }

  private void setNumber(int at, int number) {
    file[at] = (byte) (number >> 8);
    file[at + 1] = (byte) number;
  }

  /**
   * Lets calls of static methods of a class go to methods of another one that have the same name
   * and descriptor.
   *
   * @param methods the names with their descriptors, such as {@code bind(I)V}
   * @return the changed file
   * @throws IOException if the code calls fewer than so many of them, or there is no room
   */
  byte[] redirect(String from, String[] methods, int least, String to) throws IOException {
    int redirected = 0;
    int target = places.length + 1;
    for (int place : places) {
      if (place != 0 && file[place] == METHOD && isOneOf(place, from, methods)) {
        setNumber(place + 1, target);
        redirected++;
      }
    }
    if (redirected < least || target > 65_000) {
      throw new IOException("a class of the JDK or of Netty is not as it was known to be");
    }
    byte[] name = to.getBytes(StandardCharsets.UTF_8);
    byte[] changed = new byte[file.length + 3 + name.length + 3];
    setNumber(8, places.length + 2);
    System.arraycopy(file, 0, changed, 0, end);
    int at = end;
    changed[at++] = UTF8;
    changed[at++] = (byte) (name.length >> 8);
    changed[at++] = (byte) name.length;
    System.arraycopy(name, 0, changed, at, name.length);
    at += name.length;
    changed[at++] = CLASS;
    changed[at++] = (byte) ((target - 1) >> 8);
    changed[at++] = (byte) (target - 1);
    System.arraycopy(file, end, changed, at, file.length - end);
    return changed;
  }

  private boolean isOneOf(int call, String owner, String[] methods) {
    if (!isText(number(places[number(call + 1)] + 1), owner)) {
      return false;
    }
    int named = places[number(call + 3)];
    String method = text(number(named + 1)) + text(number(named + 3));
    for (String one : methods) {
      if (one.equals(method)) {
        return true;
      }
    }
    return false;
  }

  /** Names of classes, methods and types are ASCII here; others differ in any case. */
  private boolean isText(int index, String wanted) {
    int at = places[index];
    if (number(at + 1) != wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (file[at + 3 + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String text(int index) {
    int at = places[index];
    return new String(file, at + 3, number(at + 1), StandardCharsets.UTF_8);
  }

  /**
   * Gives classes other names wherever they occur.
   *
   * @param prefix the beginning of each of the names, with slashes
   * @param names pairs of a name without the prefix and the whole other one
   * @return the changed file
   */
  byte[] rename(String prefix, String... names) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream(file.length);
    int copied = 0;
    for (int place : places) {
      if (place == 0 || file[place] != UTF8) {
        continue;
      }
      int length = number(place + 1);
      String text = new String(file, place + 3, length, StandardCharsets.ISO_8859_1);
      if (!text.contains(prefix)) {
        continue;
      }
      for (int i = 0; i < names.length; i += 2) {
        text = text.replace(prefix.concat(names[i]), names[i + 1]);
      }
      changed.write(file, copied, place + 1 - copied);
      changed.write(text.length() >> 8);
      changed.write(text.length());
      changed.write(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
      copied = place + 3 + length;
    }
    changed.write(file, copied, file.length - copied);
    return changed.toByteArray();
  }
}
