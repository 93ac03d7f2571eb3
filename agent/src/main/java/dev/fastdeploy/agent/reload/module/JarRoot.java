package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jboss.modules.AbstractResourceLoader;
import org.jboss.modules.ClassSpec;
import org.jboss.modules.PackageSpec;
import org.jboss.modules.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A jar on the class path of a module, with the URLs, code source and versions that the JDK's own
 * class loader would give. Thread-safe.
 */
final class JarRoot extends AbstractResourceLoader implements Root {

  private static final String VERSIONS = "META-INF/versions/";
  private static final int FIRST_VERSION = 9;

  private final JarFile jar;
  private final URL url;

  /**
   * One source per set of signers, since the module keeps a protection domain for each instance.
   */
  private final Map<List<CodeSigner>, CodeSource> sources = new ConcurrentHashMap<>();

  private JarRoot(JarFile jar, URL url) {
    this.jar = jar;
    this.url = url;
  }

  static JarRoot open(Path file) throws IOException {
    JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
    return new JarRoot(jar, ResourceUrls.ofRoot(file));
  }

  @Override
  public @Nullable ClassSpec getClassSpec(String fileName) throws IOException {
    JarEntry entry = jar.getJarEntry(fileName);
    if (entry == null) {
      return null;
    }
    ClassSpec spec = new ClassSpec();
    try (InputStream in = jar.getInputStream(entry)) {
      spec.setBytes(in.readAllBytes());
    }
    // The signers are known only after all of it was read.
    spec.setCodeSource(source(entry.getCodeSigners()));
    return spec;
  }

  private CodeSource source(CodeSigner @Nullable [] signers) {
    return sources.computeIfAbsent(
        signers == null ? List.of() : List.of(signers), key -> new CodeSource(url, signers));
  }

  @Override
  public PackageSpec getPackageSpec(String name) throws IOException {
    return getPackageSpec(name, jar.getManifest(), url);
  }

  @Override
  public @Nullable Resource getResource(String name) {
    JarEntry entry = name.isEmpty() ? null : jar.getJarEntry(name);
    if (entry == null) {
      return null;
    }
    return new FoundResource(
        name,
        ResourceUrls.inJar(url, jar.isMultiRelease() ? versioned(entry.getName()) : name),
        entry.getSize(),
        () -> jar.getInputStream(entry));
  }

  /** Returns the name of the entry that the jar has for this JVM's version. */
  private String versioned(String name) {
    for (int version = Runtime.version().feature(); version >= FIRST_VERSION; version--) {
      String candidate = VERSIONS + version + "/" + name;
      if (jar.getEntry(candidate) != null) {
        return candidate;
      }
    }
    return name;
  }

  @Override
  public Collection<String> getPaths() {
    Set<String> paths = new HashSet<>();
    paths.add("");
    jar.stream()
        .map(JarEntry::getName)
        .forEach(
            name -> {
              addFolders(name, paths);
              if (jar.isMultiRelease() && name.startsWith(VERSIONS)) {
                int slash = name.indexOf('/', VERSIONS.length());
                addFolders(slash < 0 ? "" : name.substring(slash + 1), paths);
              }
            });
    return paths;
  }

  private static void addFolders(String name, Set<String> paths) {
    int slash = name.lastIndexOf('/');
    while (slash > 0 && paths.add(name.substring(0, slash))) {
      slash = name.lastIndexOf('/', slash - 1);
    }
  }

  @Override
  public void close() {
    closeOpenedByUrl();
    try {
      jar.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Closes the jar if the application opened it by URL, since the JDK keeps it in a cache forever.
   */
  private void closeOpenedByUrl() {
    try {
      if (ResourceUrls.inJar(url, "").openConnection() instanceof JarURLConnection connection) {
        connection.setUseCaches(true);
        connection.getJarFile().close();
      }
    } catch (IOException gone) {
      // Nothing can be open then, except what the cache can no longer find.
    }
  }
}
