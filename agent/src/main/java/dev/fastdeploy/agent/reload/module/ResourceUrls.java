package dev.fastdeploy.agent.reload.module;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** Makes URLs like those of the JDK's own class loader, which frameworks take apart. */
final class ResourceUrls {

  /**
   * The characters that the JDK's loader encodes in a resource name, besides those outside ASCII.
   */
  private static final String ENCODED = "=;?#<>%\"{}|\\^[]`";

  private static final int DELETE = 0x7F;

  private ResourceUrls() {}

  /** Returns {@code file:/srv/app.jar} or, for a directory, {@code file:/srv/classes/}. */
  static URL ofRoot(Path root) {
    return url(root.toUri().toString().replaceFirst("^file:///", "file:/"));
  }

  /** Returns {@code jar:file:/srv/app.jar!/name}. */
  static URL inJar(URL jar, String name) {
    return url("jar:" + jar + "!/" + encoded(name));
  }

  /** Returns {@code file:/srv/classes/name}. */
  static URL inDirectory(URL directory, String name) {
    return url(directory + encoded(name));
  }

  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder(name.length());
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      if (each > ' ' && each < DELETE && ENCODED.indexOf(each) < 0) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HexFormat.of().toHexDigits(each));
      }
    }
    return encoded.toString();
  }

  private static URL url(String text) {
    try {
      return new URL(text);
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(text, impossible);
    }
  }
}
