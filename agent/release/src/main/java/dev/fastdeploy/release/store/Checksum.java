package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 of an archive, which is stored in a file beside it in the format of sha256sum. It
 * shows whether bytes arrived intact, not who made them.
 *
 * @param hex the digest in lower-case hex
 */
public record Checksum(String hex) {

  /** The suffix of the checksum file's name, after the archive's. */
  static final String SUFFIX = ".sha256";

  /** The limit on the size of a checksum file. */
  static final int LONGEST_FILE = 1024;

  private static final Pattern VALID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE =
      Pattern.compile("\\\\?([0-9a-fA-F]{64})(\\s.*)?", Pattern.DOTALL);

  /**
   * @throws IllegalArgumentException if {@code hex} is not a SHA-256
   */
  public Checksum {
    if (!VALID.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "'" + Text.shortened(hex, 80) + "' is not a SHA-256 in lower-case hex");
    }
  }

  /** Returns the checksum of a file's bytes. */
  public static Checksum of(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return of(content);
    }
  }

  /** Returns the checksum of all bytes up to the end of the stream, which is not closed. */
  static Checksum of(InputStream content) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[64 * 1024];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return of(digest);
  }

  /** Returns the checksum of what a digest was fed. */
  public static Checksum of(MessageDigest digest) {
    return new Checksum(HexFormat.of().formatHex(digest.digest()));
  }

  /** Returns a digest to feed. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmMustHaveIt) {
      throw new IllegalStateException(everyJvmMustHaveIt);
    }
  }

  /**
   * Reads the checksum out of a file that sha256sum wrote.
   *
   * @param place the file as a user knows it, in quotes, for the message
   * @throws IOException if it is not such a file
   */
  static Checksum parse(byte[] content, String place) throws IOException {
    Matcher matcher = FILE.matcher(new String(content, StandardCharsets.UTF_8).stripLeading());
    if (!matcher.matches()) {
      throw new IOException(
          place
              + " does not begin with a SHA-256 as sha256sum writes it; remove it and publish"
              + " again");
    }
    return new Checksum(matcher.group(1).toLowerCase(java.util.Locale.ROOT));
  }

  /** Returns the content of the file beside an archive. */
  byte[] file(String archiveName) {
    return (hex + "  " + archiveName + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return hex;
  }
}
