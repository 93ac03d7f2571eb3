package dev.fastdeploy.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the JVM and the files of a Linux system. */
final class MachineReader {

  private static final String UNKNOWN = "unknown";
  private static final Pattern CPU = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

  private MachineReader() {}

  static Machine read(Path... otherJdks) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        cpu(content(Path.of("/proc/cpuinfo"))),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        property(content(Path.of("/etc/os-release")), "PRETTY_NAME", UNKNOWN),
        jdks(otherJdks),
        Instant.now(),
        GitCommit.of(Path.of("")),
        system.getSystemLoadAverage());
  }

  static String cpu(String cpuinfo) {
    Matcher line = CPU.matcher(cpuinfo);
    return line.find() ? line.group(1).strip() : UNKNOWN;
  }

  static String jdk(Path home) {
    String release = content(home.resolve("release"));
    if (release.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + home + "' is not the home of a JDK: it has no file named release");
    }
    String version = property(release, "JAVA_VERSION", "unknown version");
    return property(release, "IMPLEMENTOR", "unknown vendor")
        + " "
        + property(release, "JAVA_RUNTIME_VERSION", version);
  }

  private static List<String> jdks(Path... others) {
    List<String> jdks = new ArrayList<>();
    jdks.add(System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    for (Path home : others) {
      jdks.add(jdk(home));
    }
    return jdks;
  }

  private static String property(String lines, String name, String otherwise) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(lines));
    } catch (IOException e) {
      throw new IllegalStateException("reading a string failed", e);
    }
    return properties.getProperty(name, otherwise).replace("\"", "");
  }

  /**
   * Returns the content of a file; empty if there is no such file, as on a system other than Linux
   * or in a JDK without it.
   */
  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
