package dev.fastdeploy.release.store;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;

/**
 * Makes URLs with the handlers that the JVM started with. A URL that is made from another keeps its
 * handler, so that an application that later sets a factory of handlers does not get the store's
 * connections.
 */
final class JdkUrls {

  private static final URL HTTPS = url("https://localhost/");
  private static final URL HTTP = url("http://localhost/");

  private JdkUrls() {}

  /** Looks up the handlers, unless that was already done. */
  static void keep() {
    // The class's initialisation does it.
  }

  /** Returns a URL of http or https. */
  static URL of(URI uri) throws MalformedURLException {
    return new URL("https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP, uri.toString());
  }

  private static URL url(String spec) {
    try {
      return new URL(spec);
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
