package dev.fastdeploy.benchmarks.service;

import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Builds commits of the services, each time two that differ in one thing. All that is not changed
 * has the same bytes in both. Thread-safe.
 */
public final class ReleaseFactory {

  private static final String UNCHANGED = "unchanged";

  private final Artifacts artifacts;
  private final Path folder;

  /**
   * @param folder where releases are written
   */
  public ReleaseFactory(Artifacts artifacts, Path folder) {
    this.artifacts = artifacts;
    this.folder = folder;
  }

  /**
   * Builds two commits.
   *
   * @throws IOException if they were built there before, or cannot be written
   */
  public ReleasePair pair(ServiceKind service, Change change) throws IOException {
    Path base = base(service);
    String name = service.label() + "-" + change.label();
    return new ReleasePair(
        release(service, change, name + "-1", base, false),
        release(service, change, name + "-2", base, true));
  }

  private Path base(ServiceKind service) throws IOException {
    Path base = folder.resolve("base-" + service.label());
    if (service == ServiceKind.SPRING) {
      return artifacts.springRelease();
    }
    if (!service.libraries().isEmpty()) {
      return artifacts.serversRelease();
    }
    return Files.exists(base) ? base.resolve(UNCHANGED) : new ReleaseBuilder(base).build(UNCHANGED);
  }

  private BuiltRelease release(
      ServiceKind service, Change change, String commit, Path base, boolean second)
      throws IOException {
    Path directory = Files.createDirectory(folder.resolve(commit));
    copy(base, directory, file -> partOf(service, file));
    RevisionSource source = RevisionSource.of(service, change, commit, second);
    if (!source.inPart().isEmpty()) {
      Files.createDirectories(directory.resolve("lib"));
      WholeJars.write(
          directory.resolve(ServiceKind.PART_JAR), classFiles(Javac.compile(source.inPart())));
    }
    if (!source.flags().isEmpty()) {
      Files.writeString(directory.resolve(ServiceKind.FLAGS_FILE), source.flags());
    }
    writeJar(directory.resolve(service.jar()), source);
    return new BuiltRelease(service, change, new Commit(commit), directory);
  }

  private static void writeJar(Path jar, RevisionSource source) throws IOException {
    Map<String, byte[]> files = WholeJars.read(jar);
    Map<String, String> sources = new TreeMap<>(source.inJar());
    sources.putAll(source.inPart());
    Map<String, byte[]> classFiles = Javac.compile(sources);
    classFiles.keySet().removeAll(source.inPart().keySet());
    files.putAll(classFiles(classFiles));
    source
        .resources()
        .forEach((name, content) -> files.put(name, content.getBytes(StandardCharsets.UTF_8)));
    byte[] manifest = files.get(JarFile.MANIFEST_NAME);
    if (manifest != null && !source.inPart().isEmpty()) {
      files.put(JarFile.MANIFEST_NAME, withPart(manifest));
    }
    WholeJars.write(jar, files);
  }

  private static Map<String, byte[]> classFiles(Map<String, byte[]> byName) {
    Map<String, byte[]> files = new TreeMap<>();
    byName.forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
    return files;
  }

  private static byte[] withPart(byte[] content) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(content));
    Attributes main = manifest.getMainAttributes();
    main.put(
        Attributes.Name.CLASS_PATH,
        main.getValue(Attributes.Name.CLASS_PATH) + " " + ServiceKind.PART_JAR);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    manifest.write(written);
    return written.toByteArray();
  }

  /** Returns whether a file of a release that several services share belongs to one of them. */
  private static boolean partOf(ServiceKind service, Path file) {
    return service.libraries().isEmpty()
        || file.equals(Path.of(service.jar()))
        || file.startsWith(service.libraries());
  }

  private static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> wanted.test(from.relativize(file)))
              .toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
