package dev.fastdeploy.agent.runtime;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file or directory behind the URL of a code source, also where the class lies in a jar within
 * a jar, as Spring Boot's loader writes it:
 *
 * <pre>
 *   file:/srv/app.jar
 *   jar:file:/srv/app.jar!/BOOT-INF/classes!/
 *   jar:nested:/srv/app.jar/!BOOT-INF/lib/a.jar!/
 *   nested:/srv/app.jar/!BOOT-INF/classes/
 * </pre>
 */
final class CodeLocation {

  private static final String JAR = "jar:";
  private static final String NESTED = "nested:";

  private CodeLocation() {}

  /** The outermost file; nothing if the URL is not one of the local file system. */
  static Optional<Path> outermostFile(String url) {
    String location = url.startsWith(JAR) ? url.substring(JAR.length()) : url;
    if (location.startsWith(NESTED)) {
      return path("file:" + before(location.substring(NESTED.length()), "/!"));
    }
    return location.startsWith("file:") ? path(before(location, "!/")) : Optional.empty();
  }

  private static Optional<Path> path(String fileUrl) {
    try {
      URI uri = new URI(fileUrl);
      return uri.getPath() == null ? Optional.empty() : Optional.of(Path.of(uri.getPath()));
    } catch (URISyntaxException | IllegalArgumentException unescaped) {
      // Some loaders put paths with spaces into URLs as they are.
      return Optional.of(Path.of(fileUrl.substring("file:".length())));
    }
  }

  private static String before(String text, String end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
