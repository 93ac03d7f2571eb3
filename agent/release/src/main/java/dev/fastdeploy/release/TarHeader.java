package dev.fastdeploy.release;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A header of a tar, a record of 512 bytes: that of POSIX, GNU's older one, or that of Version 7. A
 * wrong field makes the whole header damaged.
 */
final class TarHeader {

  /** The unit of headers and of the padding of contents. */
  static final int RECORD = 512;

  static final char FILE = '0';
  static final char HARD_LINK = '1';
  static final char SYMBOLIC_LINK = '2';
  static final char CHARACTER_DEVICE = '3';
  static final char BLOCK_DEVICE = '4';
  static final char DIRECTORY = '5';
  static final char FIFO = '6';
  static final char CONTIGUOUS_FILE = '7';
  static final char GNU_LONG_NAME = 'L';
  static final char GNU_LONG_LINK = 'K';
  static final char GNU_SPARSE = 'S';
  static final char PAX = 'x';
  static final char PAX_GLOBAL = 'g';

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 100;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int TIME = 136;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int LINK_NAME = 157;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;
  private static final int SHORT_NUMBER = 8;
  private static final byte[] POSIX = {'u', 's', 't', 'a', 'r', 0};
  private static final byte[] GNU = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};

  private static final int BINARY = 0x80;
  private static final int BINARY_NEGATIVE = 0xFF;

  private final byte[] record;

  private TarHeader(byte[] record) {
    this.record = record;
  }

  /**
   * Reads a header.
   *
   * @param record 512 bytes, not all 0
   * @throws UnsafeArchiveException if its checksum is wrong
   */
  static TarHeader read(byte[] record) throws UnsafeArchiveException {
    TarHeader header = new TarHeader(record.clone());
    long said = header.number(CHECKSUM, SHORT_NUMBER);
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < RECORD; i++) {
      byte counted = i >= CHECKSUM && i < CHECKSUM + SHORT_NUMBER ? (byte) ' ' : record[i];
      unsigned += counted & 0xFF;
      signed += counted;
    }
    if (said != unsigned && said != signed) {
      throw header.damaged();
    }
    return header;
  }

  /** Returns a continuation of a sparse file's map, which has no checksum. */
  static TarHeader extension(byte[] record) {
    return new TarHeader(record.clone());
  }

  /**
   * Returns the type of the entry. The type of a file has two spellings; one of them is returned.
   */
  char type() {
    char type = (char) (record[TYPE] & 0xFF);
    return type == 0 ? FILE : type;
  }

  String name() {
    String name = text(NAME, NAME_LENGTH);
    boolean prefixed = record[PREFIX] != 0 && isPosix();
    return prefixed ? text(PREFIX, PREFIX_LENGTH) + "/" + name : name;
  }

  /** True if the header says that it is one of POSIX, which extended headers belong to. */
  boolean isPosix() {
    return hasMagic(POSIX);
  }

  /** True if the header says that it is one of GNU, whose fields POSIX uses for other things. */
  boolean isGnu() {
    return hasMagic(GNU);
  }

  private boolean hasMagic(byte[] magic) {
    return Arrays.equals(record, MAGIC, MAGIC + magic.length, magic, 0, magic.length);
  }

  String linkName() {
    return text(LINK_NAME, NAME_LENGTH);
  }

  int mode() throws UnsafeArchiveException {
    return (int) (number(MODE, SHORT_NUMBER) & 07777);
  }

  /** Returns the time in seconds since 1970. */
  long time() throws UnsafeArchiveException {
    return number(TIME, 12);
  }

  /** Returns how many bytes follow, or would follow if this were a file. */
  long size() throws UnsafeArchiveException {
    return number(SIZE, 12);
  }

  /**
   * Returns the number at any position, as the extensions for sparse files need it, or null if
   * there is none.
   */
  @Nullable Long numberAt(int offset, int length) throws UnsafeArchiveException {
    return record[offset] == 0 ? null : number(offset, length);
  }

  /** Returns the byte at any position. */
  byte byteAt(int offset) {
    return record[offset];
  }

  private String text(int offset, int length) {
    return text(record, offset, length);
  }

  /**
   * Returns the text up to the first 0. Invalid UTF-8 becomes U+FFFD, which no name may contain.
   */
  static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }

  private long number(int offset, int length) throws UnsafeArchiveException {
    int first = record[offset] & 0xFF;
    return first == BINARY || first == BINARY_NEGATIVE
        ? binary(offset, length)
        : octal(offset, length);
  }

  /** Reads GNU's form of numbers with too many digits. */
  private long binary(int offset, int length) throws UnsafeArchiveException {
    long sign = (record[offset] & 0xFF) == BINARY_NEGATIVE ? -1 : 0;
    long value = sign;
    for (int i = offset + 1; i < offset + length; i++) {
      if (value >> 48 != sign) {
        throw damaged();
      }
      value = (value << 8) | (record[i] & 0xFF);
    }
    return value;
  }

  private long octal(int offset, int length) throws UnsafeArchiveException {
    int at = offset;
    int end = offset + length;
    while (at < end && record[at] == ' ') {
      at++;
    }
    int digits = at;
    long value = 0;
    while (at < end && record[at] >= '0' && record[at] <= '7') {
      value = (value << 3) | (record[at] - '0');
      at++;
    }
    if (at == digits || (at < end && record[at] != ' ' && record[at] != 0)) {
      throw damaged();
    }
    return value;
  }

  UnsafeArchiveException damaged() {
    return UnsafeArchiveException.entry(name(), "has a damaged header; the archive is damaged");
  }
}
