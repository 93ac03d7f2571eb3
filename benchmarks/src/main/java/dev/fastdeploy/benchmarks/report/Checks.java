package dev.fastdeploy.benchmarks.report;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks that the values of a report have in common. */
final class Checks {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private Checks() {}

  static void id(String owner, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'"
              + id
              + "' cannot be the id of a "
              + owner
              + ": use 1 to 64 lower-case letters, digits or '-', the first a letter");
    }
  }

  static void text(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the " + what + " must not be empty");
    }
  }

  static void line(String what, String line) {
    text(what, line);
    if (line.contains("\n") || line.contains("\r")) {
      throw new IllegalArgumentException("the " + what + " must be one line: '" + line + "'");
    }
  }

  static void filled(String what, Collection<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the " + what + " must not be none");
    }
  }

  static void names(String what, List<String> names) {
    filled(what, names);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      line("names of the " + what, name);
      if (!seen.add(name)) {
        throw new IllegalArgumentException("the " + what + " have '" + name + "' twice");
      }
    }
  }

  static void finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the " + what + " must be finite, not " + value);
    }
  }
}
