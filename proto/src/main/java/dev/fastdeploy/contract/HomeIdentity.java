package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A random number of 128 bits in a file, made once. */
final class HomeIdentity {

  private static final int BYTES = 16;
  private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

  private static final FileAttribute<?> OWNERS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private HomeIdentity() {}

  /** Returns the number, as hex; empty if there is none, or the file does not hold one. */
  static Optional<String> read(Path file) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
      return VALID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    } catch (NoSuchFileException nothingYet) {
      return Optional.empty();
    }
  }

  /** Makes a number, durably; the caller keeps others from doing the same. */
  static String create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String identity = HexFormat.of().formatHex(random);
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    DurableFiles.write(
        file, (identity + "\n").getBytes(StandardCharsets.US_ASCII), beside, OWNERS_ALONE);
    return identity;
  }
}
