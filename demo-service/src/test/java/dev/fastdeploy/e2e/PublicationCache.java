package dev.fastdeploy.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the command published of releases, for beds that need the same one in a store of their own:
 * each command costs a JVM, and many tests deploy the same few releases. Thread-safe.
 */
final class PublicationCache {

  private final Map<Key, Published> known = new ConcurrentHashMap<>();

  /** What lies in a store of one release; nothing before it was published for the first time. */
  private static final class Published {
    private final Map<String, byte[]> files = new TreeMap<>();
  }

  /**
   * A release as it is published.
   *
   * @param digest of its files' names and contents
   */
  record Key(String app, String commit, String digest) {

    static Key of(String app, String commit, Path release) throws IOException {
      return new Key(app, commit, digestOf(release));
    }

    private static String digestOf(Path release) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try (Stream<Path> walk = Files.walk(release);
          DataOutputStream out = new DataOutputStream(all)) {
        List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
        for (Path file : files) {
          byte[] content = Files.readAllBytes(file);
          out.writeUTF(release.relativize(file).toString());
          out.writeInt(content.length);
          out.write(content);
        }
      }
      try {
        return HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every JDK has SHA-256", impossible);
      }
    }
  }

  /**
   * Puts a release into a store. Of two that want the same one at once, the second waits for it.
   *
   * @param command publishes it there, the first time
   */
  void publish(Key key, Path store, Callable<Void> command) throws Exception {
    Published release = known.computeIfAbsent(key, first -> new Published());
    synchronized (release) {
      if (release.files.isEmpty()) {
        command.call();
        release.files.putAll(filesOf(key, store));
        return;
      }
      Path directory = Files.createDirectories(store.resolve(key.app()));
      for (Map.Entry<String, byte[]> file : release.files.entrySet()) {
        Files.write(
            directory.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    }
  }

  private static Map<String, byte[]> filesOf(Key key, Path store) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(store.resolve(key.app()))) {
      List<Path> own = entries.filter(file -> nameOf(file).startsWith(key.commit() + ".")).toList();
      for (Path file : own) {
        files.put(nameOf(file), Files.readAllBytes(file));
      }
    }
    if (files.size() != 3) {
      throw new IOException("not an archive, its checksum and its record but " + files.keySet());
    }
    return files;
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }
}
