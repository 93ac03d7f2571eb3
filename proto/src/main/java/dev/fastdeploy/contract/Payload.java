package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The libraries that {@code fastdeploy.jar} carries as whole jars below {@code payload/}, with an
 * index of their digests. They are unpacked once into a directory named by the index's own digest,
 * and opened by a class loader that sees the JDK and nothing of the application. What was unpacked
 * is trusted for as long as nothing has touched it: {@link UnpackedPayload} tells how.
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
   * it. Never below the working directory, which may be a release.
   *
   * @throws IOException if the user cannot be told
   */
  public static Path temporaryDirectory() throws IOException {
    String user = Integer.toUnsignedString(CurrentUser.uid());
    Path given = Path.of(System.getProperty("java.io.tmpdir"));
    return (given.isAbsolute() ? given : Path.of("/tmp")).resolve("fastdeploy-payload-" + user);
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
    requireAbsolute(directory);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      byte[] index = bytes(zip, INDEX);
      List<Packed> contents = contents(index);
      UnpackedPayload unpacked = new UnpackedPayload(directory.resolve(digest(index)), contents);
      if (!isWhole(directory, unpacked)) {
        unpack(zip, directory, unpacked);
      }
      requireOurs(directory);
      requireOurs(unpacked.place());
      List<URL> urls = new ArrayList<>();
      for (Packed packed : contents) {
        urls.add(unpacked.file(packed).toUri().toURL());
      }
      return new PayloadLoader(urls.toArray(URL[]::new));
    }
  }

  /** Where it lies is looked at first: what another user left there is not worth a look. */
  private static boolean isWhole(Path directory, UnpackedPayload unpacked) throws IOException {
    if (!unpacked.isThere()) {
      return false;
    }
    requireOurs(directory);
    requireOurs(unpacked.place());
    if (!unpacked.isComplete()) {
      return false;
    }
    boolean intact = unpacked.isIntact();
    if (!intact) {
      Diagnostics.say(
          "the libraries in '" + unpacked.place() + "' were changed; they are unpacked again");
    }
    return intact;
  }

  /**
   * @throws IOException if the path depends on the working directory, which may be a release, or a
   *     build that is about to become one
   */
  private static void requireAbsolute(Path directory) throws IOException {
    if (!directory.isAbsolute()) {
      throw new IOException(
          Setting.PAYLOAD_DIR.option()
              + " '"
              + directory
              + "' depends on the working directory; name an absolute path");
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
    return HexFormat.of().formatHex(Packed.newDigest().digest(index)).substring(0, 32);
  }

  private static List<Packed> contents(byte[] index) {
    return new String(index, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" ", 3))
        .map(words -> new Packed(words[0], Long.parseLong(words[1]), words[2]))
        .toList();
  }

  private void unpack(ZipFile zip, Path directory, UnpackedPayload unpacked) throws IOException {
    DurableFiles.createPrivateDirectory(directory);
    requireOurs(directory);
    Path beside = Files.createTempDirectory(directory, ".unpacking-");
    try {
      for (Packed packed : unpacked.contents()) {
        unpack(zip, packed, beside.resolve(packed.name()));
      }
      if (unpacked.isThere() && !unpacked.isIntact()) {
        DurableFiles.deleteTree(unpacked.place());
      }
      DurableFiles.syncTree(beside);
      DurableFiles.rename(beside, unpacked.place());
    } catch (FileSystemException failure) {
      // Another process may have been faster; its files are the same.
      if (!unpacked.isIntact()) {
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
    MessageDigest digest = Packed.newDigest();
    try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
      Files.copy(in, file);
      // Whatever the process's own mask is.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
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
    if (!packed.matches(digest)) {
      throw new IOException("'" + jar + "' is damaged at " + entry.getName() + "; copy it again");
    }
  }

  /** A directory that another user could have filled is not run from. */
  private static void requireOurs(Path directory) throws IOException {
    Optional<String> foreign = Ownership.of(directory).foreignDirectoryBecause();
    if (foreign.isPresent()) {
      throw new IOException(
          "'"
              + directory
              + "' "
              + foreign.get()
              + "; choose another with "
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
}
