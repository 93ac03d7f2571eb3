package dev.fastdeploy.agent.reload.process.polite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that classes have in a copy that was moved to other packages. */
final class Shading {

  private static final Pattern TYPE = Pattern.compile("L([^;]+);");

  private Shading() {}

  /**
   * Returns true if an internal name is that of a type or of a shaded copy.
   *
   * @param type the internal name in its own jar
   */
  static boolean isCopy(String name, String type) {
    int prefix = name.length() - type.length();
    return name.endsWith(type) && (prefix == 0 || name.charAt(prefix - 1) == '/');
  }

  /** Returns what precedes a type's own name: nothing, or packages that end with a slash. */
  static String prefix(String name, String type) {
    return name.substring(0, name.length() - type.length());
  }

  /** Returns the internal name of a type in a copy. */
  static String type(String prefix, String type) {
    return type.startsWith("java/") ? type : prefix + type;
  }

  /** Returns a descriptor in a copy. */
  static String descriptor(String prefix, String descriptor) {
    return prefix.isEmpty()
        ? descriptor
        : TYPE.matcher(descriptor).replaceAll(found -> quoted(type(prefix, found.group(1))));
  }

  private static String quoted(String type) {
    return Matcher.quoteReplacement("L" + type + ";");
  }
}
