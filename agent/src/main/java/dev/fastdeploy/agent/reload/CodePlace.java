package dev.fastdeploy.agent.reload;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place where a class loader found a class, from the URL of its code source:
 *
 * <pre>
 *   file:/srv/classes/
 *   file:/srv/app.jar
 *   jar:file:/srv/app.jar!/
 *   jar:file:/srv/app.jar!/BOOT-INF/classes!/
 *   jar:nested:/srv/app.jar/!BOOT-INF/classes/!/
 *   nested:/srv/app.jar/!BOOT-INF/classes/
 * </pre>
 *
 * @param path a directory of packages, or a jar
 * @param isDirectory true for a directory
 * @param inJar the directory of packages in the jar; empty for its root
 */
public record CodePlace(Path path, boolean isDirectory, String inJar) {

  private static final String JAR = "jar:";
  private static final String NESTED = "nested:";
  private static final String FILE = "file:";

  /**
   * Returns where a class came from, or empty if that is unknown or not in the local file system.
   */
  public static Optional<CodePlace> of(@Nullable ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    URL url = source == null ? null : source.getLocation();
    return url == null ? Optional.empty() : of(url.toExternalForm());
  }

  /** Returns the same, given the URL's text. */
  public static Optional<CodePlace> of(String url) {
    String location = url.startsWith(JAR) ? url.substring(JAR.length()) : url;
    if (location.startsWith(NESTED)) {
      return inJar(location.substring(NESTED.length()), "/!");
    }
    if (!location.startsWith(FILE)) {
      return Optional.empty();
    }
    return url.startsWith(JAR)
        ? inJar(location, "!/")
        : path(location).map(path -> new CodePlace(path, location.endsWith("/"), ""));
  }

  private static Optional<CodePlace> inJar(String location, String separator) {
    int at = location.indexOf(separator);
    String jar = at < 0 ? location : location.substring(0, at);
    String inside = at < 0 ? "" : location.substring(at + separator.length());
    String packages = inside.replaceFirst("/?!?/?$", "");
    return path(jar.startsWith(FILE) ? jar : FILE + jar)
        .map(path -> new CodePlace(path, false, packages));
  }

  private static Optional<Path> path(String fileUrl) {
    try {
      URI uri = new URI(fileUrl);
      return uri.getPath() == null ? Optional.empty() : Optional.of(Path.of(uri.getPath()));
    } catch (URISyntaxException | IllegalArgumentException unescaped) {
      // Some loaders put paths with spaces into URLs unencoded.
      return Optional.of(Path.of(fileUrl.substring(FILE.length())));
    }
  }
}
