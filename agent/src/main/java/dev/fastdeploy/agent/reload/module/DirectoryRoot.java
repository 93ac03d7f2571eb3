package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.modules.AbstractResourceLoader;
import org.jboss.modules.ClassSpec;
import org.jboss.modules.PackageSpec;
import org.jboss.modules.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A directory on the class path of a module. Files may come and go, but the search for folders runs
 * only once. Thread-safe.
 */
final class DirectoryRoot extends AbstractResourceLoader implements Root {

  private final Path directory;
  private final URL url;
  private final CodeSource source;

  DirectoryRoot(Path directory) {
    this.directory = directory;
    this.url = ResourceUrls.ofRoot(directory);
    this.source = new CodeSource(url, (CodeSigner[]) null);
  }

  @Override
  public @Nullable ClassSpec getClassSpec(String fileName) throws IOException {
    Path file = file(fileName);
    if (file == null) {
      return null;
    }
    ClassSpec spec = new ClassSpec();
    spec.setBytes(Files.readAllBytes(file));
    spec.setCodeSource(source);
    return spec;
  }

  @Override
  public PackageSpec getPackageSpec(String name) throws IOException {
    return getPackageSpec(name, null, url);
  }

  @Override
  public @Nullable Resource getResource(String name) {
    Path file = file(name);
    if (file == null) {
      return null;
    }
    URL found = ResourceUrls.inDirectory(url, name);
    return new FoundResource(
        name,
        found,
        file.toFile().length(),
        () -> Files.isDirectory(file) ? found.openStream() : Files.newInputStream(file));
  }

  private @Nullable Path file(String name) {
    try {
      Path file = directory.resolve(name).normalize();
      return file.startsWith(directory) && Files.exists(file) ? file : null;
    } catch (InvalidPathException noFile) {
      return null;
    }
  }

  @Override
  public Collection<String> getPaths() {
    Set<String> paths = new HashSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(Files::isDirectory)
          .forEach(folder -> paths.add(directory.relativize(folder).toString()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return paths;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
