package dev.fastdeploy.agent.reload.module;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** URLs as the JDK's own class loader gives them: frameworks take them apart. */
final class ResourceUrls {

  /** What the JDK's loader encodes in the name of a resource, beside what is not ASCII. */
  private static final String ENCODED = "=;?#<>%\"{}|\\^[]`";

  private static final int DELETE = 0x7F;

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
