package dev.fastdeploy.launcher.supervisor.archive;

import java.nio.file.Path;
import java.util.List;

/** The kinds of archives that HotSpot has, and its options for each. */
public enum ArchiveFormat {

  /**
   * A dynamic archive of class data, of JDK 17 to 24 (JEP 350). A class in it is loaded when it is
   * needed, and transformers see it.
   */
  CLASS_DATA("jsa", "cds*", "info", "-XX:SharedArchiveFile=", "-Xshare:on") {
    @Override
    public List<String> recording(Path file) {
      return List.of("-XX:ArchiveClassesAtExit=" + file);
    }
  },

  /**
   * A cache of loaded and linked classes, from JDK 25 on (JEP 483, 514 and 515). Its classes are
   * there before any agent runs, so that a transformer never sees them; an agent that transforms
   * needs classes that are loaded later.
   */
  AOT_CACHE("aot", "cds*,aot*", "warning", "-XX:AOTCache=", "-XX:AOTMode=on") {
    @Override
    public List<String> recording(Path file) {
      // The module that an agent brings with it must be there at the training, too.
      return List.of("-XX:AOTCacheOutput=" + file, "--add-modules=java.instrument");
    }
  };

  /** The first feature version that makes a cache from one run. */
  private static final int FIRST_WITH_CACHE = 25;

  private final String suffix;
  private final String logTags;
  private final String reasonLevel;
  private final String useOption;
  private final String requireOption;

  ArchiveFormat(
      String suffix, String logTags, String reasonLevel, String useOption, String requireOption) {
    this.suffix = suffix;
    this.logTags = logTags;
    this.reasonLevel = reasonLevel;
    this.useOption = useOption;
    this.requireOption = requireOption;
  }

  /** Returns the kind of a feature version, such as 17. */
  static ArchiveFormat of(int feature) {
    return feature >= FIRST_WITH_CACHE ? AOT_CACHE : CLASS_DATA;
  }

  /** Returns the end of its files' names, without a dot. */
  String suffix() {
    return suffix;
  }

  /**
   * Returns the options of a JVM that writes an archive when it ends.
   *
   * @param file the archive, which must not exist
   */
  public abstract List<String> recording(Path file);

  /**
   * Returns the option of a JVM that uses an archive if it fits.
   *
   * @param file the archive
   */
  String using(Path file) {
    return useOption + file;
  }

  /** Returns the option of a JVM that ends if the archive does not fit. */
  String requiring() {
    return requireOption;
  }

  /** Returns the option that logs why an archive is not taken; where to must follow. */
  String reasons() {
    return logged(reasonLevel);
  }

  /** Returns the option that logs what the JVM says of archives from a level on. */
  String logged(String level) {
    return "-Xlog:" + logTags.replace(",", "=" + level + ",") + "=" + level;
  }
}
