package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Setting;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a store may be spoken to without TLS. Whoever sits on the way could then answer for it:
 * to this machine itself nobody does, for anything else somebody must say that it is wanted.
 */
final class PlainHttp {

  private PlainHttp() {}

  /**
   * Checks an endpoint.
   *
   * @throws IllegalArgumentException if it is plain and neither loopback nor allowed, with a
   *     message for the user
   */
  static void check(@Nullable URI endpoint, boolean allowed) {
    if (endpoint == null
        || allowed
        || !"http".equalsIgnoreCase(endpoint.getScheme())
        || isLoopback(String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT))) {
      return;
    }
    throw new IllegalArgumentException(
        Setting.STORE_ENDPOINT.option()
            + " '"
            + endpoint
            + "' is not encrypted: whoever is on the way could read and replace releases; use https,"
            + " or allow it by "
            + Setting.STORE_PLAIN_HTTP.option()
            + " true");
  }

  /** Whether a host, in lower case, is this machine; only what no name server decides counts. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
