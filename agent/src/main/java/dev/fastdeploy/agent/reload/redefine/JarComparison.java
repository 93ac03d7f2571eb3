package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Compares two jars entry by entry. Entries with the same size and checksum are the same; of the
 * others only classes and the manifest are read. Compression, times and the order of entries make
 * no difference.
 */
final class JarComparison {

  private static final String VERSIONS = "META-INF/versions/";
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

  private final String path;
  private final ZipFile old;
  private final ZipFile newer;
  private final SortedMap<String, ZipEntry> before;
  private final SortedMap<String, ZipEntry> after;
  private final List<ChangedClass> changed = new ArrayList<>();

  private JarComparison(String path, ZipFile old, ZipFile newer) throws DifferenceException {
    this.path = path;
    this.old = old;
    this.newer = newer;
    this.before = entries(old);
    this.after = entries(newer);
  }

  /**
   * Compares the two jars at a path.
   *
   * @return the classes that differ
   */
  static List<ChangedClass> compare(String path, Path running, Path staged)
      throws IOException, DifferenceException {
    try (ZipFile old = new ZipFile(running.resolve(path).toFile());
        ZipFile newer = new ZipFile(staged.resolve(path).toFile())) {
      return new JarComparison(path, old, newer).compare();
    }
  }

  private static SortedMap<String, ZipEntry> entries(ZipFile jar) throws DifferenceException {
    SortedMap<String, ZipEntry> entries = new TreeMap<>();
    for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (entries.put(entry.getName(), entry) != null) {
        throw new DifferenceException("entry '" + entry.getName() + "' is there twice");
      }
    }
    return entries;
  }

  private List<ChangedClass> compare() throws IOException, DifferenceException {
    SortedMap<String, ZipEntry> all = new TreeMap<>(before);
    all.putAll(after);
    for (String name : all.keySet()) {
      ZipEntry was = before.get(name);
      ZipEntry is = after.get(name);
      if (was == null) {
        throw new DifferenceException(Content.named(name) + " was added");
      }
      if (is == null) {
        throw new DifferenceException(Content.named(name) + " was removed");
      }
      if (was.getSize() != is.getSize() || was.getCrc() != is.getCrc()) {
        compare(name);
      }
    }
    return changed;
  }

  private void compare(String name) throws IOException, DifferenceException {
    requireUnsigned();
    if (name.equals(ManifestComparison.ENTRY)) {
      compareManifests();
    } else if (Content.of(name) == Content.CLASS) {
      compareClasses(name);
    } else {
      throw new DifferenceException(Content.named(name) + " changed");
    }
  }

  /** Refuses a signed jar: a changed class would no longer be the one that was signed. */
  private void requireUnsigned() throws DifferenceException {
    for (String name : before.keySet()) {
      if (SIGNATURE.matcher(name).matches()) {
        throw new DifferenceException("the jar is signed (" + name + ") and changed");
      }
    }
  }

  private void compareManifests() throws IOException, DifferenceException {
    try {
      ManifestComparison.requireSame(
          ClassFile.read(old, ManifestComparison.ENTRY),
          ClassFile.read(newer, ManifestComparison.ENTRY));
    } catch (DifferenceException difference) {
      throw difference.in("manifest");
    }
  }

  private void compareClasses(String name) throws IOException, DifferenceException {
    byte[] was = ClassFile.read(old, name);
    byte[] is = ClassFile.read(newer, name);
    if (!Arrays.equals(was, is)) {
      requireOneVersion(name);
      changed.add(ClassComparison.compare(new ClassFile(path, name), was, is));
    }
  }

  /** Refuses several versions of a class: which of them a loader takes depends on the JVM. */
  private void requireOneVersion(String name) throws DifferenceException {
    for (String other : before.tailMap(VERSIONS).keySet()) {
      if (!other.startsWith(VERSIONS)) {
        return;
      }
      if (other.equals(name) || other.endsWith("/" + name)) {
        throw new DifferenceException(
            Content.named(name) + " changed, and the jar has versions of it for several Javas");
      }
    }
  }
}
