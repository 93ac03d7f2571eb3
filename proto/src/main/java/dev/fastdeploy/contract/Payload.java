package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The libraries that {@code fastdeploy.jar} carries as whole jars below {@code payload/}, with an
 * index of their digests. They are unpacked once into a directory named by the index's own digest,
 * and opened by a class loader whose parent is the platform's: the application sees none of it.
 */
public final class Payload {

  private static final String FOLDER = "payload/";
  private static final String INDEX = FOLDER + "index";

  private final Path jar;

  /**
   * @param jar {@code fastdeploy.jar}
   */
  public Payload(Path jar) {
    this.jar = jar;
  }

  /**
   * Where the payload is unpacked when there is neither a home nor a directory for it: one for all
   * JVMs of this user, named by the user's number. If it is another user's, {@link #open} refuses
   * it.
   *
   * @throws IOException if the user cannot be told
   */
  public static Path temporaryDirectory() throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return Path.of(System.getProperty("java.io.tmpdir"), "fastdeploy-payload-" + user);
  }

  /**
   * Opens the payload, unpacking it if this version of it is not in the directory yet. Several
   * processes may do so at once.
   *
   * @param directory where unpacked payloads lie; created with mode 0700 if it is missing
   * @return the loader of the payload's classes
   * @throws IOException if it cannot be unpacked or read, or the directory is another user's
   */
  public ClassLoader open(Path directory) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      byte[] index = bytes(zip, INDEX);
      List<Packed> contents = contents(index);
      String digest = digest(index);
      Path unpacked = directory.resolve(digest);
      if (!complete(unpacked, contents)) {
        unpack(zip, contents, directory, unpacked);
      }
      requireOurs(unpacked);
      List<URL> urls = new ArrayList<>();
      for (Packed packed : contents) {
        urls.add(unpacked.resolve(packed.name()).toUri().toURL());
      }
      return new URLClassLoader(
          "fastdeploy", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
  }

  /**
   * The code that runs in a payload: a class of it that is a {@link java.util.function.Function}
   * from and to JDK types. The context loader of the calling thread is the payload's while it runs.
   *
   * @throws ReflectiveOperationException if the payload has no such class
   */
  public static Object call(ClassLoader payload, String className, Map<String, Object> arguments)
      throws ReflectiveOperationException {
    Object function = payload.loadClass(className).getDeclaredConstructor().newInstance();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(payload);
    try {
      @SuppressWarnings("unchecked")
      java.util.function.Function<Map<String, Object>, Object> entry =
          (java.util.function.Function<Map<String, Object>, Object>) function;
      return entry.apply(arguments);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Removes payloads of other versions, which an earlier image left in a home. */
  public void removeOthers(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    String digest;
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      digest = digest(bytes(zip, INDEX));
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!entry.endsWith(digest)) {
          DurableFiles.deleteTree(entry);
        }
      }
    }
  }

  /** By which the unpacked payload is named. */
  private static String digest(byte[] index) {
    return HexFormat.of().formatHex(sha256().digest(index)).substring(0, 32);
  }

  private record Packed(String sha256, long size, String name) {}

  private static List<Packed> contents(byte[] index) {
    return new String(index, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" ", 3))
        .map(words -> new Packed(words[0], Long.parseLong(words[1]), words[2]))
        .toList();
  }

  private static boolean complete(Path unpacked, List<Packed> contents) throws IOException {
    for (Packed packed : contents) {
      Path file = unpacked.resolve(packed.name());
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != packed.size()) {
        return false;
      }
    }
    return true;
  }

  private void unpack(ZipFile zip, List<Packed> contents, Path directory, Path unpacked)
      throws IOException {
    DurableFiles.createPrivateDirectory(directory);
    requireOurs(directory);
    Path beside = Files.createTempDirectory(directory, ".unpacking-");
    try {
      for (Packed packed : contents) {
        unpack(zip, packed, beside.resolve(packed.name()));
      }
      if (Files.exists(unpacked, LinkOption.NOFOLLOW_LINKS) && !complete(unpacked, contents)) {
        DurableFiles.deleteTree(unpacked);
      }
      DurableFiles.syncTree(beside);
      DurableFiles.rename(beside, unpacked);
    } catch (FileSystemException failure) {
      // Another process may have been faster; its files are the same.
      if (!complete(unpacked, contents)) {
        throw failure;
      }
    } finally {
      DurableFiles.deleteTree(beside);
    }
  }

  private void unpack(ZipFile zip, Packed packed, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(FOLDER + packed.name());
    if (entry == null) {
      throw new IOException("'" + jar + "' lacks " + FOLDER + packed.name() + "; build it again");
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
      Files.copy(in, file);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException full) {
      throw new IOException(
          "cannot unpack '"
              + jar
              + "' to '"
              + file
              + "': "
              + Diagnostics.reason(full)
              + "; choose a directory with more room by "
              + Setting.PAYLOAD_DIR.option(),
          full);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(packed.sha256())) {
      throw new IOException("'" + jar + "' is damaged at " + entry.getName() + "; copy it again");
    }
  }

  /** A directory that another user could have filled is not run from. */
  private static void requireOurs(Path directory) throws IOException {
    var permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!owner.equals(self)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "'"
              + directory
              + "' belongs to or can be written by another user; choose another with "
              + Setting.PAYLOAD_DIR.option());
    }
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(
          "'" + zip.getName() + "' carries no " + name + "; it is not fastdeploy.jar");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
