package dev.fastdeploy.launcher.supervisor.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A number for a class path: its words in their order, and the size and time of each file that they
 * name. It is a part of an archive's name, because a JVM cannot be trusted to compare: 25.0.3 takes
 * a cache for an application's jars that have changed, stand in another order, or are not on the
 * class path at all.
 *
 * <p>No cryptographic digest: the release's own digest protects it, and the JDK's providers would
 * cost the launcher more than a start may take. This is FNV-1a of 64 bits (draft-eastlake-fnv).
 */
final class ClassPathPrint {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET;

  private ClassPathPrint() {}

  /**
   * Returns the number, as 16 hexadecimal digits.
   *
   * @param line a command line whose directories of jars are written out
   * @param directory the directory in which it is started
   */
  static String of(JavaCommandLine line, Path directory) {
    ClassPathPrint print = new ClassPathPrint();
    for (String places : line.places()) {
      print.add(places);
      for (String place : places.split(":", -1)) {
        print.addFile(directory, place);
      }
    }
    return String.format(Locale.ROOT, "%016x", print.hash);
  }

  private void addFile(Path directory, String place) {
    try {
      BasicFileAttributes file =
          Files.readAttributes(directory.resolve(place), BasicFileAttributes.class);
      add(file.size() + "/" + file.lastModifiedTime().to(TimeUnit.SECONDS));
    } catch (IOException | InvalidPathException noFile) {
      add("-");
    }
  }

  private void add(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      add(b);
    }
    add((byte) 0);
  }

  private void add(byte b) {
    hash = (hash ^ (b & 0xff)) * PRIME;
  }
}
