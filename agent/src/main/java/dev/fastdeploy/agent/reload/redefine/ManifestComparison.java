package dev.fastdeploy.agent.reload.redefine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Compares the manifests of two jars by their attributes. */
final class ManifestComparison {

  /** The name of its entry in a jar. */
  static final String ENTRY = "META-INF/MANIFEST.MF";

  /** Attributes that say how and when the jar was built, and that nothing uses at run time. */
  private static final Set<String> OF_THE_BUILD =
      Set.of(
          "build-date",
          "build-jdk",
          "build-jdk-spec",
          "build-time",
          "build-timestamp",
          "built-by",
          "bnd-lastmodified",
          "created-by");

  private ManifestComparison() {}

  /**
   * Compares two manifests.
   *
   * @throws DifferenceException if they differ in more than how the jar was built
   */
  static void requireSame(byte[] old, byte[] newer) throws IOException, DifferenceException {
    Optional<String> difference = traits(old).firstDifference(traits(newer));
    if (difference.isPresent()) {
      throw new DifferenceException(difference.get());
    }
  }

  private static Traits traits(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
    Traits traits = new Traits();
    add(traits, "", manifest.getMainAttributes());
    for (Map.Entry<String, Attributes> section : new TreeMap<>(manifest.getEntries()).entrySet()) {
      traits.add("section '" + section.getKey() + "'");
      add(traits, section.getKey() + ": ", section.getValue());
    }
    return traits;
  }

  private static void add(Traits traits, String section, Attributes attributes) {
    Map<String, String> sorted = new TreeMap<>();
    attributes.forEach((name, value) -> sorted.put(name.toString(), value.toString()));
    sorted.forEach(
        (name, value) -> {
          if (!OF_THE_BUILD.contains(name.toLowerCase(Locale.ROOT))) {
            traits.add("attribute " + section + name, value);
          }
        });
  }
}
