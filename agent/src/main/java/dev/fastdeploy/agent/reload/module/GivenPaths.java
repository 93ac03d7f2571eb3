package dev.fastdeploy.agent.reload.module;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release's paths in what the command gave the application: its arguments, and system
 * properties ({@code -Dconfig=/srv/home/releases/c1/conf}). For another release they are replaced
 * by that one's. Immutable.
 */
final class GivenPaths {

  /** The JVM's own properties, which it reads once. */
  private static final Pattern JVMS = Pattern.compile("(java|sun|jdk|user|os|file|native)\\..*");

  private final Pattern release;
  private final Map<String, String> properties;

  private GivenPaths(Pattern release, Map<String, String> properties) {
    this.release = release;
    this.properties = properties;
  }

  /**
   * Finds them.
   *
   * @param startedFrom real path of the release that the command was given for
   * @param properties as they are before any code of the application runs
   */
  static GivenPaths in(Path startedFrom, Properties properties) {
    Pattern release = Pattern.compile(Pattern.quote(startedFrom.toString()) + "(?=[/:,;]|$)");
    Map<String, String> found = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (!JVMS.matcher(name).matches() && release.matcher(value).find()) {
        found.put(name, value);
      }
    }
    return new GivenPaths(release, found);
  }

  /** Returns the arguments for another release. */
  String[] arguments(String[] given, Path other) {
    return Arrays.stream(given).map(each -> moved(each, other)).toArray(String[]::new);
  }

  /** Sets the properties for another release. */
  void setProperties(Properties target, Path other) {
    properties.forEach((name, value) -> target.setProperty(name, moved(value, other)));
  }

  private String moved(String text, Path other) {
    return release.matcher(text).replaceAll(Matcher.quoteReplacement(other.toString()));
  }
}
