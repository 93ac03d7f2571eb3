package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A file of bearer tokens, one per line. Blank lines and lines that begin with {@code #} are
 * skipped. {@code sha256:} and 64 hexadecimal digits stand for the token with this digest, so that
 * only its clients know the token itself.
 *
 * <p>The file is read again when it changes, so that tokens can be rotated: add the new one, move
 * the clients, remove the old one. A file that cannot be read, or that others can write or replace,
 * admits nobody. Thread-safe.
 */
final class TokenFile {

  private static final String DIGEST = "sha256:";
  private static final int DIGEST_LENGTH = 32;

  private final Path file;
  private List<Token> tokens = List.of();
  private @Nullable FileVersion version;
  private boolean warnedOfReaders;
  private String lastComplaint = "";

  TokenFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file for the first time.
   *
   * @throws IOException if it cannot be read, with a message for the user
   */
  synchronized void requireReadable() throws IOException {
    try {
      refresh();
    } catch (IOException failure) {
      throw new IOException(complaint(failure), failure);
    }
  }

  /** Returns the line of a token in the file, from 1, or empty if it is not there. */
  synchronized OptionalInt lineOf(String presented) {
    try {
      refresh();
      lastComplaint = "";
    } catch (IOException failure) {
      version = null;
      tokens = List.of();
      complainOnce(complaint(failure));
    }
    if (presented.isEmpty()) {
      return OptionalInt.empty();
    }
    byte[] digest = digest(presented);
    int line = 0;
    for (Token token : tokens) {
      // Every token is compared, each in constant time, so that the time taken reveals nothing.
      line = MessageDigest.isEqual(token.digest(), digest) ? token.line() : line;
    }
    return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
  }

  private void refresh() throws IOException {
    FileVersion now = FileVersion.of(file);
    if (now.equals(version)) {
      return;
    }
    FileTrust.require(file, now);
    tokens = parsed(Files.readAllLines(file, StandardCharsets.UTF_8));
    version = now;
    warnOfReaders(now);
  }

  private static List<Token> parsed(List<String> lines) throws IOException {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(0)) : lines.get(i)).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        boolean digested = line.regionMatches(true, 0, DIGEST, 0, DIGEST.length());
        tokens.add(new Token(i + 1, digested ? shown(line, i + 1) : digest(line), digested));
      }
    }
    return List.copyOf(tokens);
  }

  /** Removes the byte order mark that some editors write at the start of a UTF-8 text. */
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  /** Returns the digest in a line. */
  private static byte[] shown(String line, int number) throws IOException {
    try {
      byte[] digest = HexFormat.of().parseHex(line.substring(DIGEST.length()).strip());
      if (digest.length == DIGEST_LENGTH) {
        return digest;
      }
    } catch (IllegalArgumentException notHexadecimal) {
      // Reported below.
    }
    throw new IOException(
        "line " + number + " is not a digest; write " + DIGEST + " and 64 hexadecimal digits");
  }

  /** Warns if others may read the tokens. A digest is not a secret. */
  private void warnOfReaders(FileVersion now) {
    if (!warnedOfReaders
        && FileTrust.openToReaders(now)
        && tokens.stream().anyMatch(token -> !token.digested())) {
      warnedOfReaders = true;
      Diagnostics.say(
          "the token file '"
              + file
              + "' is open to other users; set its mode to 600, or to 440 where the group is the"
              + " service's alone");
    }
  }

  private String complaint(IOException failure) {
    if (failure instanceof FileTrust.Refused) {
      return "the token file '" + file + "' " + failure.getMessage();
    }
    return "the token file '" + file + "' cannot be read: " + Diagnostics.reason(failure);
  }

  private void complainOnce(String complaint) {
    if (!complaint.equals(lastComplaint)) {
      lastComplaint = complaint;
      Diagnostics.say(complaint + "; until then it lets nobody in");
    }
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared only by MessageDigest.isEqual.
  private record Token(int line, byte[] digest, boolean digested) {}
}
