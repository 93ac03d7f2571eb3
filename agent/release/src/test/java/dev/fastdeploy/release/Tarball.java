package dev.fastdeploy.release;

import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.Checksum;
import dev.fastdeploy.release.store.StoredArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds archives for tests, also ones that no honest tool would write. */
final class Tarball {

  static final Instant TIME = Instant.parse("2024-02-29T12:34:56Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar =
      new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

  Tarball() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  Tarball gnuLongNames() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    return this;
  }

  Tarball file(String name, String content) {
    return file(name, content, 0644);
  }

  Tarball file(String name, String content, int mode) {
    byte[] data = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(data.length);
    return put(entry, data);
  }

  Tarball directory(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name + "/", true);
    entry.setMode(mode);
    return put(entry, new byte[0]);
  }

  Tarball symbolicLink(String name, String target) {
    return special(name, TarConstants.LF_SYMLINK, target);
  }

  Tarball hardLink(String name, String target) {
    return special(name, TarConstants.LF_LINK, target);
  }

  Tarball special(String name, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  Tarball put(TarArchiveEntry entry, byte[] data) {
    try {
      entry.setLastModifiedTime(FileTime.from(TIME));
      tar.putArchiveEntry(entry);
      tar.write(data);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  byte[] tar() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  byte[] pack(ReleaseFormat format) throws IOException {
    return compress(format, tar());
  }

  Path write(Path directory, ReleaseFormat format) throws IOException {
    return Files.write(directory.resolve("archive" + format.suffix()), pack(format));
  }

  static byte[] compress(ReleaseFormat format, byte[] tar) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = format.pack(packed)) {
      out.write(tar);
    }
    return packed.toByteArray();
  }

  static byte[] concatenate(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static String sha256(byte[] content) {
    return Checksum.of(digest(content)).hex();
  }

  private static java.security.MessageDigest digest(byte[] content) {
    java.security.MessageDigest digest = Checksum.newDigest();
    digest.update(content);
    return digest;
  }

  static StoredArchive stored(ReleaseFormat format, byte[] packed) {
    return new StoredArchive(
        format, packed.length, sha256(packed), () -> new java.io.ByteArrayInputStream(packed));
  }
}
