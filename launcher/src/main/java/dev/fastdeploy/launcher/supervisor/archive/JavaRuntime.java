package dev.fastdeploy.launcher.supervisor.archive;

import dev.fastdeploy.launcher.supervisor.process.JavaProgram;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java runtime as far as an archive belongs to it. HotSpot compares more: its own build, the time
 * and size of its image of modules and of each jar, the options for modules and pointers. This
 * tells archives of different machines apart, and saves a service one that cannot fit.
 *
 * @param feature the feature version, such as 17
 * @param build the whole version with its vendor's part, such as {@code 17.0.15+6-Debian-1}
 * @param machine processor and C library, such as {@code x86_64-gnu}
 * @param modules time and size of its image of modules, by which two images of one build differ
 */
public record JavaRuntime(int feature, String build, String machine, String modules) {

  private static final long LONGEST_FILE = 64 * 1024;
  private static final Pattern FEATURE = Pattern.compile("(\\d{1,4})\\b.*");

  /**
   * Reads what a runtime's file {@code release} says of it.
   *
   * @param program {@code java} as a command names it
   * @param directory the directory in which it is started
   * @return empty if it is not there or does not say
   */
  public static Optional<JavaRuntime> of(String program, Path directory) {
    try {
      Optional<Path> java = JavaProgram.find(program, directory);
      return java.isEmpty() ? Optional.empty() : read(JavaProgram.home(java.get()));
    } catch (IOException | IllegalArgumentException untold) {
      return Optional.empty();
    }
  }

  private static Optional<JavaRuntime> read(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || Files.size(release) > LONGEST_FILE) {
      return Optional.empty();
    }
    Properties says = new Properties();
    says.load(new StringReader(Files.readString(release, StandardCharsets.ISO_8859_1)));
    String version = value(says, "JAVA_RUNTIME_VERSION", value(says, "JAVA_VERSION", ""));
    Matcher matcher = FEATURE.matcher(version);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new JavaRuntime(
            Integer.parseInt(matcher.group(1)),
            plain(version),
            plain(
                value(says, "OS_ARCH", System.getProperty("os.arch"))
                    + "-"
                    + value(says, "LIBC", "default")),
            modules(home.resolve("lib/modules"))));
  }

  private static String modules(Path image) {
    try {
      return Files.getLastModifiedTime(image).toMillis() + "/" + Files.size(image);
    } catch (IOException none) {
      return "";
    }
  }

  private static String value(Properties says, String name, String otherwise) {
    String value = says.getProperty(name, "").replace("\"", "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  /** A name for a file is made of it. */
  private static String plain(String value) {
    String plain = value.replaceAll("[^A-Za-z0-9.+_-]", "_");
    return plain.substring(0, Math.min(plain.length(), 80));
  }

  /** Returns the kind of archive that it uses. */
  public ArchiveFormat format() {
    return ArchiveFormat.of(feature);
  }

  /**
   * Returns the name of its archive in a release, without the directory.
   *
   * @param line the command line that it is for, with directories of jars written out
   * @param directory the directory in which that is started
   */
  public String archiveName(JavaCommandLine line, Path directory) {
    return "jdk-"
        + build
        + "-"
        + machine
        + "-"
        + ClassPathPrint.of(line, directory)
        + "."
        + format().suffix();
  }

  @Override
  public String toString() {
    return "JDK " + build + " on " + machine;
  }
}
