package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder of {@code fastdeploy.jar} with whole jars and an index of their digests. They are
 * unpacked once into a directory named by the index's own digest, and trusted for as long as
 * nothing has touched them; see {@link UnpackedPayload}.
 *
 * @param jar {@code fastdeploy.jar}
 * @param name the folder's name, with a slash at its end
 */
record PayloadFolder(Path jar, String name) {

  /** Returns the folder of what every instance and every command needs. */
  static PayloadFolder ofInstances(Path jar) {
    return new PayloadFolder(jar, "payload/");
  }

  /**
   * Returns the folder of what a command needs in addition to list the instances of some fleets.
   */
  static PayloadFolder ofFleets(Path jar) {
    return new PayloadFolder(jar, "payload-fleet/");
  }

  /**
   * Unpacks it if this version of it is not in the directory yet. Several processes may do so at
   * once.
   *
   * @param directory where unpacked payloads lie; created with mode 0700 if it is missing
   * @return the libraries, unpacked
   * @throws IOException if it cannot be unpacked or read, or the directory is another user's
   */
  List<URL> unpackedIn(Path directory) throws IOException {
    requireAbsolute(directory);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      byte[] index = index(zip);
      List<Packed> contents = contents(index);
      UnpackedPayload unpacked = new UnpackedPayload(directory.resolve(digest(index)), contents);
      if (!isWhole(directory, unpacked)) {
        unpack(zip, directory, unpacked);
      }
      requireOurs(directory);
      requireOurs(unpacked.place());
      List<URL> urls = new ArrayList<>(contents.size());
      for (Packed packed : contents) {
        urls.add(unpacked.file(packed).toUri().toURL());
      }
      return urls;
    }
  }

  /** Returns the digest that names the unpacked folder. */
  String digest() throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return digest(index(zip));
    }
  }

  /**
   * Checks the directory first: the contents of one that another user may have filled do not
   * matter.
   */
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
   * Requires an absolute path.
   *
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
    ZipEntry entry = zip.getEntry(name + packed.name());
    if (entry == null) {
      throw new IOException("'" + jar + "' lacks " + name + packed.name() + "; build it again");
    }
    MessageDigest digest = Packed.newDigest();
    try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
      Files.copy(in, file);
      // Whatever the umask of the process.
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

  /** Refuses a directory that another user could have filled: code is run from it. */
  private static void requireOurs(Path directory) throws IOException {
    Optional<String> foreign = FileOwnership.of(directory).foreignDirectoryBecause();
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

  /**
   * Returns the index of the libraries' packages.
   *
   * @throws IOException if the folder has none
   */
  LibraryIndex packages() throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return LibraryIndex.parse(read(zip, "packages"));
    }
  }

  private byte[] index(ZipFile zip) throws IOException {
    return read(zip, "index");
  }

  private byte[] read(ZipFile zip, String file) throws IOException {
    ZipEntry entry = zip.getEntry(name + file);
    if (entry == null) {
      throw new IOException(
          "'" + jar + "' carries no " + name + file + "; it is not fastdeploy.jar");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
