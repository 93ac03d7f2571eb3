package dev.fastdeploy.launcher.supervisor.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a start of the service has of archives. */
public sealed interface ArchiveOffer {

  /** Returns what {@code status} is to say: the archive's path, or why there is none. */
  String told();

  /**
   * An archive that the JVM is to use.
   *
   * @param file its absolute path
   * @param line the whole command line with it
   * @param required whether the JVM ends if the archive does not fit
   * @param words the file into which the JVM writes what it has to say of archives; not there if it
   *     cannot be named
   * @param key names the archive, its release and the options that it is used with
   */
  record Offered(Path file, List<String> line, boolean required, Path words, String key)
      implements ArchiveOffer {

    public Offered {
      line = List.copyOf(line);
    }

    @Override
    public String told() {
      return file.toString();
    }

    /** Returns the archive's name. */
    public String name() {
      return String.valueOf(file.getFileName());
    }
  }

  /**
   * No archive.
   *
   * @param reason why, part of a sentence
   */
  record None(String reason) implements ArchiveOffer {

    @Override
    public String told() {
      return reason;
    }
  }

  /**
   * Returns a command line with options of the JVM before all others, so that later ones win.
   *
   * @param line the program and its words
   */
  static List<String> with(List<String> options, List<String> line) {
    List<String> all = new ArrayList<>();
    all.add(line.get(0));
    all.addAll(options);
    all.addAll(line.subList(1, line.size()));
    return all;
  }
}
