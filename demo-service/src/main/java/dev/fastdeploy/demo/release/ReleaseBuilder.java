package dev.fastdeploy.demo.release;

import dev.fastdeploy.demo.service.DemoService;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.Revision;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Writes releases of the demo service: a directory with {@code app/demo-service.jar}, which holds
 * the service's classes, one method of which returns the commit, and the resource that says what is
 * broken. The same commit gives the same bytes. Thread-safe.
 */
public final class ReleaseBuilder {

  /** The path of the jar in a release. */
  public static final String JAR = "app/demo-service.jar";

  /** The class to start from it. */
  public static final String MAIN_CLASS = DemoService.class.getName();

  /** The commit in the compiled class from which releases are made. */
  private static final String UNRELEASED = Revision.commit();

  private static final String REVISION = Revision.class.getName().replace('.', '/') + ".class";

  private static final String PACKAGE = DemoService.class.getPackageName().replace('.', '/');

  /** Independent of time zones: this is the entry's time as it is written in the file. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Path directory;

  /**
   * @param directory the directory for releases, each in a directory named by its commit
   */
  public ReleaseBuilder(Path directory) {
    this.directory = directory;
  }

  /** Writes a release that works. */
  public Path build(String commit) throws IOException {
    return build(new ServiceRelease(commit, Fault.NONE, 0));
  }

  /**
   * Writes a release.
   *
   * @return its directory
   * @throws IOException if it already exists, or cannot be written
   */
  public Path build(ServiceRelease release) throws IOException {
    Path target = Files.createDirectories(directory).resolve(release.commit());
    Files.createDirectory(target);
    Path jar = target.resolve(JAR);
    Files.createDirectories(target.resolve("app"));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      add(entries, ServiceRelease.RESOURCE, release.properties().getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> found : serviceClasses().entrySet()) {
        add(entries, found.getKey(), built(found.getKey(), found.getValue(), release.commit()));
      }
    }
    return target;
  }

  private static byte[] built(String name, byte[] classFile, String commit) throws IOException {
    return name.equals(REVISION) ? RevisionClass.with(classFile, UNRELEASED, commit) : classFile;
  }

  private static void add(JarOutputStream entries, String name, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    entries.putNextEntry(entry);
    entries.write(content);
    entries.closeEntry();
  }

  /**
   * Returns the service's own classes, from the jar or directory that this class was loaded from.
   */
  private static Map<String, byte[]> serviceClasses() throws IOException {
    Path origin = origin();
    if (Files.isDirectory(origin)) {
      return classesBelow(origin);
    }
    try (FileSystem jar = FileSystems.newFileSystem(origin)) {
      return classesBelow(jar.getPath("/"));
    }
  }

  private static Map<String, byte[]> classesBelow(Path root) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.list(root.resolve(PACKAGE))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : found) {
        classes.put(PACKAGE + "/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return classes;
  }

  private static Path origin() {
    try {
      return Path.of(DemoService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException("the demo runs from neither a jar nor a directory", notAFile);
    }
  }
}
