package dev.fastdeploy.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A short-lived JVM that does a piece of work apart from a service or a launcher, with the
 * libraries and the memory that they should not need. It comes from the same {@code fastdeploy.jar}
 * and the same Java runtime.
 */
public final class HelperJvm {

  /** The variables from which every JVM takes options. A service's are not a helper's. */
  public static final List<String> OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** The properties that tell a JVM how to reach others. */
  private static final List<String> CONNECTIONS =
      List.of(
          "http.",
          "https.",
          "socksProxy",
          "java.net.",
          "java.security.",
          "javax.net.ssl.",
          "jdk.http.",
          "jdk.tls.",
          "sun.net.",
          "aws.");

  /** Those of them that the JDK reads before any code of ours runs. They hold no secrets. */
  private static final List<String> EARLY = List.of("java.net.", "java.security.");

  /** It lives for seconds: the optimizing compiler would only delay the start. */
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  private HelperJvm() {}

  /**
   * Returns the beginning of its command: the program and its flags. The program may be missing,
   * for jlink can leave it out.
   */
  public static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    return command;
  }

  /** Returns those of a JVM's system properties that tell how to reach others. */
  public static Properties connections(Properties own) {
    Properties chosen = new Properties();
    for (String name : own.stringPropertyNames()) {
      if (CONNECTIONS.stream().anyMatch(name::startsWith)) {
        chosen.setProperty(name, own.getProperty(name));
      }
    }
    return chosen;
  }

  /** Returns the options that hand on those of {@link #connections} that are read at a start. */
  public static List<String> early(Properties connections) {
    return connections.stringPropertyNames().stream()
        .filter(name -> EARLY.stream().anyMatch(name::startsWith))
        .sorted()
        .map(name -> "-D" + name + "=" + connections.getProperty(name))
        .toList();
  }

  /** Removes what is meant for other JVMs from the environment of a helper. */
  public static void keepOptionsFrom(Map<String, String> environment) {
    OPTION_VARIABLES.forEach(environment::remove);
  }
}
