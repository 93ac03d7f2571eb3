package dev.fastdeploy.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The name of a file within a release: relative, {@code /} between its parts, none of which is
 * empty, {@code .} or {@code ..}. So it is below the release's directory, wherever that is, as long
 * as no part of it is a link; {@link ManifestBuilder} ensures that.
 *
 * @param value the name, without a slash at either end
 */
public record ReleasePath(String value) implements Comparable<ReleasePath> {

  /** The limit of Linux file systems (NAME_MAX). */
  private static final int LONGEST_PART = 255;

  /**
   * Linux allows 4,096 bytes for a whole path (PATH_MAX), of which the home's own path needs some.
   */
  private static final int LONGEST_PATH = 3072;

  /** The replacement for bytes that are not UTF-8. */
  private static final char UNDECODABLE = '\uFFFD';

  /**
   * @throws IllegalArgumentException if {@code value} is not such a name, saying why
   */
  public ReleasePath {
    String fault = fault(value);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(fault);
    }
  }

  /**
   * Reads a name as archives spell it: {@code ./} before and {@code /} after it are dropped.
   *
   * @return the name, or nothing for the release's own directory, {@code ./}
   * @throws UnsafeArchiveException if it is not a name for a file in a release
   */
  static Optional<ReleasePath> read(String name) throws UnsafeArchiveException {
    String value = name;
    while (value.startsWith("./")) {
      value = value.substring(2);
    }
    if (value.endsWith("/") && value.length() > 1) {
      value = value.substring(0, value.length() - 1);
    }
    if (!name.isEmpty() && (value.isEmpty() || value.equals("."))) {
      return Optional.empty();
    }
    String fault = fault(value);
    if (!fault.isEmpty()) {
      throw UnsafeArchiveException.entry(name, fault);
    }
    return Optional.of(new ReleasePath(value));
  }

  /** Returns its directory, or nothing at the top of the release. */
  Optional<ReleasePath> parent() {
    int slash = value.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(new ReleasePath(value.substring(0, slash)));
  }

  /** Returns the file's path below a directory. */
  Path below(Path directory) {
    return directory.resolve(value);
  }

  @Override
  public int compareTo(ReleasePath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String fault(String value) {
    if (value.isEmpty()) {
      return "has no name";
    }
    if (value.startsWith("/")) {
      return "has an absolute name; names in a release are relative";
    }
    if (value.indexOf(UNDECODABLE) >= 0 || value.chars().anyMatch(Character::isISOControl)) {
      return "has a name with control characters or bytes that are not UTF-8";
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      return "has a name longer than " + LONGEST_PATH + " bytes";
    }
    for (String part : value.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return "has a name with an empty, '.' or '..' part";
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        return "has a name with a part longer than " + LONGEST_PART + " bytes";
      }
    }
    if (!writable(value)) {
      return "has a name that this JVM cannot write; start it in a UTF-8 locale (LC_ALL=C.UTF-8)";
    }
    return "";
  }

  /**
   * Returns whether the JVM's own encoding, which its locale sets, has all characters of a name.
   */
  static boolean writable(String name) {
    try {
      return !Path.of(name).toString().isEmpty();
    } catch (InvalidPathException notInThisLocale) {
      return false;
    }
  }
}
