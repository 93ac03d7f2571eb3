package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.release.format.PieceStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar entry by entry from an untrusted stream. It understands an archive as GNU tar would
 * lay it out; if the dialects contradict each other, or a header says the same thing twice, the
 * archive is refused. Memory, time and what counts as the end are bounded. Every failure to read is
 * an {@link UnsafeArchiveException}. For one thread.
 */
final class TarArchive implements Closeable {

  private static final int RECORD = TarHeader.RECORD;

  /**
   * The limit on long names, extended headers and maps of sparse files, which are kept in memory.
   */
  private static final long LONGEST_HEADER = 1 << 20;

  /** Header, padding and an extended header for a long name. */
  private static final long USUAL_OVERHEAD = 4096;

  /**
   * More seconds than any file system can store, but few enough that sums of times do not overflow.
   */
  private static final long FARTHEST_TIME = 1L << 40;

  private static final int NANOSECOND_DIGITS = 9;

  private final Metered unpacked;
  private final byte[] record = new byte[RECORD];
  private final byte[] waste = new byte[16 * 1024];
  private PaxRecords global = new PaxRecords();
  private @Nullable TarEntry current;

  /** The rest of the current entry's content in the archive, and the padding after it. */
  private long stored;

  private int padding;

  /**
   * @param unpacked the tar itself; closed with this
   */
  TarArchive(InputStream unpacked, StagingLimits limits) {
    this.unpacked =
        new Metered(
            unpacked,
            limits.maxBytes() + (limits.maxEntries() + 1L) * USUAL_OVERHEAD + LONGEST_HEADER);
  }

  /**
   * Returns which release the archive is, according to the global headers that were read so far.
   */
  Optional<ReleaseOrigin> origin() throws UnsafeArchiveException {
    return ReleaseOrigin.read(global.get(PaxRecords.COMMENT));
  }

  /** Returns the next entry, or null at the end of the archive, which is then checked. */
  @Nullable TarEntry next() throws UnsafeArchiveException {
    try {
      skipContent();
      unpacked.allowHeader(LONGEST_HEADER);
      current = readEntry();
      unpacked.allowContent();
      if (current == null) {
        requireNothingMore();
      }
      return current;
    } catch (IOException failure) {
      throw damaged(failure);
    }
  }

  private @Nullable TarEntry readEntry() throws IOException {
    String longName = null;
    String longLink = null;
    PaxRecords pax = null;
    while (true) {
      if (!readRecord()) {
        throw cutOff(null);
      }
      if (isZero(record, RECORD)) {
        if (longName != null || longLink != null || pax != null) {
          throw new UnsafeArchiveException("the archive is damaged: it ends after a header");
        }
        return null;
      }
      TarHeader header = TarHeader.read(record);
      switch (header.type()) {
        case TarHeader.GNU_LONG_NAME -> longName = once(longName, header, longText(header));
        case TarHeader.GNU_LONG_LINK -> longLink = once(longLink, header, longText(header));
        case TarHeader.PAX ->
            pax = once(pax, header, PaxRecords.read(readMeta(header), new PaxRecords()));
        case TarHeader.PAX_GLOBAL -> global = PaxRecords.readGlobal(readMeta(header), global);
        default -> {
          return entry(
              header,
              Objects.requireNonNullElseGet(longName, header::name),
              Objects.requireNonNullElseGet(longLink, header::linkName),
              pax == null ? new PaxRecords() : pax);
        }
      }
    }
  }

  private static <T> T once(@Nullable T before, TarHeader header, T now)
      throws UnsafeArchiveException {
    if (before != null) {
      throw header.damaged();
    }
    return now;
  }

  private String longText(TarHeader header) throws IOException {
    byte[] text = readMeta(header);
    return TarHeader.text(text, 0, text.length);
  }

  /** Returns the content of a header that describes another entry. */
  private byte[] readMeta(TarHeader header) throws IOException {
    long size = header.size();
    if (size < 0) {
      throw header.damaged();
    }
    if (size > LONGEST_HEADER) {
      throw Metered.headerTooLarge();
    }
    byte[] bytes = new byte[(int) size];
    requireBytes(bytes);
    requireBytes(new byte[paddingOf(size)]);
    return bytes;
  }

  private TarEntry entry(TarHeader header, String shortName, String shortLink, PaxRecords pax)
      throws IOException {
    String said = pax.get(PaxRecords.SPARSE + "name");
    String name = said == null ? orElse(pax.get(PaxRecords.PATH), shortName) : said;
    char type = header.type();
    boolean plain = type == TarHeader.FILE || type == TarHeader.CONTIGUOUS_FILE;
    if (plain && name.endsWith("/")) {
      type = TarHeader.DIRECTORY;
      plain = false;
    }
    // Writers give a hard link the size of its file, but not its content.
    boolean link = type == TarHeader.HARD_LINK;
    stored = link ? 0 : pax.number(PaxRecords.SIZE, header.size());
    if (stored < 0) {
      throw header.damaged();
    }
    padding = paddingOf(stored);
    SparseMap sparse = null;
    // A map counts in the kind of header that it belongs to. GNU tar takes the pieces of any other
    // for the whole file.
    if (type == TarHeader.GNU_SPARSE) {
      if (!header.isGnu()) {
        throw header.damaged();
      }
      sparse = oldSparse(header, name);
    } else if (pax.isSparse()) {
      if (!plain || !header.isPosix()) {
        throw header.damaged();
      }
      sparse = sparse(pax, name);
    }
    return new TarEntry(
        name,
        type,
        header.mode(),
        modified(header, pax),
        sparse == null ? stored : sparse.size(),
        orElse(pax.get(PaxRecords.LINK_PATH), shortLink),
        sparse);
  }

  private static String orElse(@Nullable String one, String other) {
    return one == null ? other : one;
  }

  /**
   * Reads GNU's oldest form: four pieces in the header, 21 in each record after it, with size and
   * pieces.
   */
  private SparseMap oldSparse(TarHeader header, String name) throws IOException {
    SparseMap.Builder map = new SparseMap.Builder(name);
    Long size = header.numberAt(483, 12);
    if (size == null) {
      throw map.damaged();
    }
    boolean open = addOldPieces(header, 386, 4, map);
    boolean more = header.byteAt(482) != 0;
    while (more) {
      if (!readRecord()) {
        throw map.damaged();
      }
      TarHeader extension = TarHeader.extension(record);
      open = open && addOldPieces(extension, 0, 21, map);
      more = extension.byteAt(504) != 0;
    }
    return map.build(size, stored);
  }

  /** Adds pieces up to the first missing one, and returns whether none was missing. */
  private static boolean addOldPieces(TarHeader header, int from, int count, SparseMap.Builder map)
      throws UnsafeArchiveException {
    for (int i = 0; i < count; i++) {
      Long start = header.numberAt(from + 24 * i, 12);
      Long length = header.numberAt(from + 24 * i + 12, 12);
      if (length == null) {
        return false;
      }
      if (start == null) {
        throw map.damaged();
      }
      map.add(start, length);
    }
    return true;
  }

  /**
   * Reads the forms of extended headers: 0.0 and 0.1 have the map there, 1.0 before the content.
   */
  private SparseMap sparse(PaxRecords pax, String name) throws IOException {
    SparseMap.Builder map = new SparseMap.Builder(name);
    String major = orElse(pax.get(PaxRecords.SPARSE + "major"), "0");
    String minor = orElse(pax.get(PaxRecords.SPARSE + "minor"), "0");
    if (major.equals("1") && minor.equals("0")) {
      long size = pax.number(PaxRecords.SPARSE + "realsize", -1);
      readMapBeforeContent(map);
      return map.build(size, stored);
    }
    String list = pax.get(PaxRecords.SPARSE + "map");
    String[] numbers =
        list == null ? pax.sparsePieces().toArray(new String[0]) : list.split(",", -1);
    if (!major.equals("0")
        || numbers.length % 2 != 0
        || pax.number(PaxRecords.SPARSE + "numblocks", -1) != numbers.length / 2) {
      throw map.damaged();
    }
    for (int i = 0; i < numbers.length; i += 2) {
      map.add(PaxRecords.number(numbers[i]), PaxRecords.number(numbers[i + 1]));
    }
    return map.build(pax.number(PaxRecords.SPARSE + "size", -1), stored);
  }

  /**
   * Reads numbers with a line end after each, the number of pieces first, padded to whole records.
   */
  private void readMapBeforeContent(SparseMap.Builder map) throws IOException {
    StringBuilder digits = new StringBuilder();
    long pieces = -1;
    long start = -1;
    int at = RECORD;
    while (pieces != 0) {
      if (at == RECORD) {
        if (stored < RECORD || !readRecord()) {
          throw map.damaged();
        }
        stored -= RECORD;
        at = 0;
      }
      char character = (char) record[at];
      at++;
      if (character != '\n') {
        digits.append(character);
        continue;
      }
      long number = PaxRecords.number(digits.toString());
      digits.setLength(0);
      if (pieces < 0) {
        pieces = number;
      } else if (start < 0) {
        start = number;
      } else {
        map.add(start, number);
        start = -1;
        pieces--;
      }
    }
  }

  private FileTime modified(TarHeader header, PaxRecords pax) throws UnsafeArchiveException {
    String said = pax.get(PaxRecords.TIME);
    if (said == null) {
      said = global.get(PaxRecords.TIME);
    }
    if (said != null) {
      return time(said);
    }
    return FileTime.from(Instant.ofEpochSecond(bounded(header.time())));
  }

  /** Reads seconds with a fraction, down to nanoseconds. */
  private static FileTime time(String said) throws UnsafeArchiveException {
    boolean negative = said.startsWith("-");
    String digits = negative ? said.substring(1) : said;
    int point = digits.indexOf('.');
    long seconds = bounded(PaxRecords.number(point < 0 ? digits : digits.substring(0, point)));
    long nanoseconds = 0;
    if (point >= 0 && point < digits.length() - 1) {
      String fraction = digits.substring(point + 1);
      String kept =
          fraction.length() > NANOSECOND_DIGITS
              ? fraction.substring(0, NANOSECOND_DIGITS)
              : fraction + "0".repeat(NANOSECOND_DIGITS - fraction.length());
      nanoseconds = PaxRecords.number(kept);
    }
    return FileTime.from(
        negative
            ? Instant.ofEpochSecond(-seconds, -nanoseconds)
            : Instant.ofEpochSecond(seconds, nanoseconds));
  }

  private static long bounded(long seconds) throws UnsafeArchiveException {
    if (seconds > FARTHEST_TIME || seconds < -FARTHEST_TIME) {
      throw new UnsafeArchiveException("the archive contains an impossible time");
    }
    return seconds;
  }

  /** Returns the content of the last returned entry, as it is laid out. */
  InputStream content() {
    InputStream pieces = new Content();
    SparseMap sparse = current == null ? null : current.sparse();
    return sparse == null ? pieces : sparse.layOut(pieces);
  }

  private void skipContent() throws IOException {
    while (stored > 0) {
      readContent(waste, 0, waste.length);
    }
    requireBytes(new byte[padding]);
    padding = 0;
  }

  private int readContent(byte[] bytes, int offset, int length) throws UnsafeArchiveException {
    if (stored == 0) {
      return -1;
    }
    try {
      int count = unpacked.read(bytes, offset, (int) Math.min(length, stored));
      if (count < 0) {
        throw new EOFException("the end is missing");
      }
      stored -= count;
      return count;
    } catch (IOException | RuntimeException damaged) {
      throw damaged(damaged);
    }
  }

  private static int paddingOf(long size) {
    return (int) (-size & RECORD - 1);
  }

  /** Reads a record, or returns false at the end of the archive. */
  private boolean readRecord() throws IOException {
    int count = unpacked.readNBytes(record, 0, RECORD);
    if (count != 0 && count != RECORD) {
      throw new EOFException("the end is missing");
    }
    return count == RECORD;
  }

  private void requireBytes(byte[] bytes) throws IOException {
    if (unpacked.readNBytes(bytes, 0, bytes.length) != bytes.length) {
      throw new EOFException("the end is missing");
    }
  }

  private static boolean isZero(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses anything but zeros after the end: archives are padded with them, and tar would not
   * unpack anything else.
   */
  private void requireNothingMore() throws IOException {
    for (int count = unpacked.read(waste); count >= 0; count = unpacked.read(waste)) {
      if (!isZero(waste, count)) {
        throw new UnsafeArchiveException("the archive has more bytes after its end");
      }
    }
  }

  /** Returns the refusal of an archive that cannot be read. */
  static UnsafeArchiveException damaged(Exception cause) {
    if (cause instanceof UnsafeArchiveException known) {
      return known;
    }
    if (cause instanceof EOFException) {
      return cutOff(cause);
    }
    return new UnsafeArchiveException(
        "the archive is damaged (" + Diagnostics.reason(cause) + "); build or copy it again",
        cause);
  }

  private static UnsafeArchiveException cutOff(@Nullable Exception cause) {
    return new UnsafeArchiveException(
        "the archive is cut off: its end is missing; build or copy it again", cause);
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  /** The rest of the current entry in the archive. */
  private final class Content extends PieceStream {

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return readContent(bytes, offset, length);
    }
  }

  /** Counts what is read, and stops at a limit. */
  private static final class Metered extends PieceStream {

    private final InputStream source;
    private final long limit;
    private long position;
    private long headerEnd = Long.MAX_VALUE;

    Metered(InputStream source, long limit) {
      this.source = source;
      this.limit = limit;
    }

    void allowHeader(long bytes) {
      headerEnd = position + bytes;
    }

    void allowContent() {
      headerEnd = Long.MAX_VALUE;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count;
      try {
        count = source.read(bytes, offset, length);
      } catch (RuntimeException damaged) {
        throw damaged(damaged);
      }
      position += Math.max(count, 0);
      if (position > headerEnd) {
        throw headerTooLarge();
      }
      if (position > limit) {
        throw new UnsafeArchiveException(
            "the archive unpacks to more than " + limit + " bytes (--release-max-bytes)");
      }
      return count;
    }

    static UnsafeArchiveException headerTooLarge() {
      return new UnsafeArchiveException(
          "the archive has a header larger than " + LONGEST_HEADER + " bytes");
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
