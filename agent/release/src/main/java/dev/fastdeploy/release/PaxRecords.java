package dev.fastdeploy.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of an extended header, {@code LENGTH KEY=VALUE\n} one after the other, for what does
 * not fit into a tar's own header. If a key occurs twice, the last one counts.
 */
final class PaxRecords {

  static final String PATH = "path";
  static final String LINK_PATH = "linkpath";
  static final String SIZE = "size";
  static final String TIME = "mtime";
  static final String COMMENT = "comment";
  static final String SPARSE = "GNU.sparse.";
  static final String SPARSE_OFFSET = SPARSE + "offset";
  static final String SPARSE_BYTES = SPARSE + "numbytes";

  private static final Set<String> OF_ONE_ENTRY = Set.of(PATH, LINK_PATH, SIZE);
  private static final int MOST_DIGITS = 7;

  private final Map<String, String> last = new HashMap<>();

  /** The map of a sparse file in the oldest form: offsets and lengths in turn. */
  private final List<String> pieces = new ArrayList<>();

  /** Creates a header without records. */
  PaxRecords() {}

  /**
   * Reads a header's records.
   *
   * @param before the records that apply unless the header overrides them
   */
  static PaxRecords read(byte[] bytes, PaxRecords before) throws UnsafeArchiveException {
    PaxRecords records = new PaxRecords();
    records.last.putAll(before.last);
    int at = 0;
    while (at < bytes.length) {
      at = records.readOne(bytes, at);
    }
    return records;
  }

  /**
   * Reads the records of a header for all entries that follow.
   *
   * @throws UnsafeArchiveException if it gives all of them the same name
   */
  static PaxRecords readGlobal(byte[] bytes, PaxRecords before) throws UnsafeArchiveException {
    PaxRecords records = read(bytes, before);
    for (String key : records.last.keySet()) {
      if (OF_ONE_ENTRY.contains(key) || key.startsWith(SPARSE)) {
        throw new UnsafeArchiveException(
            "the archive has a global header with '" + key + "', which belongs to a single entry");
      }
    }
    return records;
  }

  private int readOne(byte[] bytes, int from) throws UnsafeArchiveException {
    int at = from;
    int length = 0;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && at - from < MOST_DIGITS) {
      length = length * 10 + bytes[at] - '0';
      at++;
    }
    int end = from + length;
    if (at == from
        || at == bytes.length
        || bytes[at] != ' '
        || end <= at + 1
        || end > bytes.length
        || bytes[end - 1] != '\n') {
      throw damaged();
    }
    int key = at + 1;
    int equals = key;
    while (equals < end && bytes[equals] != '=') {
      equals++;
    }
    if (equals == key || equals == end) {
      throw damaged();
    }
    put(text(bytes, key, equals), text(bytes, equals + 1, end - 1));
    return end;
  }

  private void put(String key, String value) {
    last.put(key, value);
    if (key.equals(SPARSE_OFFSET) || key.equals(SPARSE_BYTES)) {
      // A missing or superfluous number shows in the order of the offsets.
      pieces.add(value);
    }
  }

  private static String text(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** Returns the value of a key, or null. */
  @Nullable String get(String key) {
    return last.get(key);
  }

  /** Returns whether the records describe a sparse file. */
  boolean isSparse() {
    for (String key : last.keySet()) {
      if (key.startsWith(SPARSE)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the offsets and lengths of a sparse file's pieces, in turn, as in the records. */
  List<String> sparsePieces() {
    return pieces;
  }

  /** Returns the value of a key as a number, or a default if it is missing. */
  long number(String key, long otherwise) throws UnsafeArchiveException {
    String value = get(key);
    return value == null ? otherwise : number(value);
  }

  /** Reads a non-negative number in decimal digits. */
  static long number(String digits) throws UnsafeArchiveException {
    if (digits.isEmpty() || digits.length() > 18) {
      throw damaged();
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        throw damaged();
      }
      value = value * 10 + digit - '0';
    }
    return value;
  }

  static UnsafeArchiveException damaged() {
    return new UnsafeArchiveException("the archive has a damaged extended header");
  }
}
