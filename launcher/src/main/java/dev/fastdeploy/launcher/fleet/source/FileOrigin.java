package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A file that names one instance per line, read at each question. A file that is being written
 * names only part of the fleet, so it must not have changed for a moment, and its last line must
 * end with a newline.
 */
final class FileOrigin implements Origin {

  static final Duration SETTLED = Duration.ofSeconds(1);

  private static final int LARGEST = 8 * 1024 * 1024;
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Path file;
  private final Duration settled;

  FileOrigin(Path file, Duration settled) {
    this.file = file;
    this.settled = settled;
  }

  @Override
  public SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException, InterruptedException {
    try {
      Look before = leftAlone(deadline);
      byte[] bytes = read();
      if (!Look.at(file).equals(before)) {
        throw beingWritten();
      }
      if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
        throw new IOException(
            "the last line of '"
                + file
                + "' does not end with a newline, so it may be half-written; add one");
      }
      SourceAnswer.Seen seen = MemberLines.read(ByteBuffer.wrap(bytes));
      if (seen.members().isEmpty()) {
        throw new IOException("'" + file + "' names no instance; write one host:port per line");
      }
      return seen;
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "'" + file + "' does not exist; give a file with one host:port per line", missing);
    } catch (FileSystemException unreadable) {
      throw new IOException(
          "'" + file + "' cannot be read: " + Diagnostics.reason(unreadable), unreadable);
    }
  }

  private Look leftAlone(AnswerDeadline deadline) throws IOException, InterruptedException {
    Look look = Look.at(file);
    long since = System.nanoTime();
    while (look.age().abs().compareTo(settled) < 0
        && System.nanoTime() - since < settled.toNanos()) {
      if (deadline.isOver()) {
        throw beingWritten();
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
      Look now = Look.at(file);
      if (!now.equals(look)) {
        look = now;
        since = System.nanoTime();
      }
    }
    return look;
  }

  private byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException(
            "'" + file + "' is larger than " + LARGEST + " bytes; write one host:port per line");
      }
      return bytes;
    }
  }

  private IOException beingWritten() {
    return new IOException(
        "'" + file + "' is being written; write a different file and rename it to this one");
  }

  /** The attributes that distinguish one state of a file from another. */
  private record Look(FileTime modified, long size, @Nullable Object key) {

    static Look at(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        throw new IOException(
            "'" + file + "' is not a file; give a file with one host:port per line");
      }
      return new Look(now.lastModifiedTime(), now.size(), now.fileKey());
    }

    Duration age() {
      return Duration.ofMillis(System.currentTimeMillis() - modified.toMillis());
    }
  }
}
