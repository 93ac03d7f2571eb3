package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Setting;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a store may be used without TLS. Anybody on the network path could then answer in
 * its place: there is nobody on the path to this machine itself; anything else must be allowed
 * explicitly.
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
            + "' is not encrypted, so anybody on the network path could read and replace releases;"
            + " use https, or allow it with "
            + Setting.STORE_PLAIN_HTTP.option()
            + " true");
  }

  /**
   * Returns whether a host, in lower case, is this machine. Only names that no name server decides
   * count.
   */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
