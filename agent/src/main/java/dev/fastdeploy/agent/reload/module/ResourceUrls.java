package dev.fastdeploy.agent.reload.module;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** URLs as the JDK's own class loader gives them: frameworks take them apart. */
final class ResourceUrls {

  private ResourceUrls() {}

  /** {@code file:/srv/app.jar} or, of a directory, {@code file:/srv/classes/}. */
  static URL ofRoot(Path root) {
    return url(root.toUri().toString().replaceFirst("^file:///", "file:/"));
  }

  /** {@code jar:file:/srv/app.jar!/name}. */
  static URL inJar(URL jar, String name) {
    return url("jar:" + jar + "!/" + encoded(name));
  }

  /** {@code file:/srv/classes/name}. */
  static URL inDirectory(URL directory, String name) {
    return url(directory + encoded(name));
  }

  private static String encoded(String name) {
    try {
      return new URI(null, null, "/" + name, null).getRawPath().substring(1);
    } catch (URISyntaxException impossible) {
      throw new IllegalArgumentException(name, impossible);
    }
  }

  private static URL url(String text) {
    try {
      return new URL(text);
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(text, impossible);
    }
  }
}
