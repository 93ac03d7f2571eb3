package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Setting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Decides what protection an address needs. The endpoint can run code, and the sidecars of a pod
 * share its loopback address: reaching the endpoint is never enough.
 */
final class ListenRules {

  private static final String MUTUAL_TLS =
      "mutual TLS ("
          + Setting.CONTROL_TLS_CERT.option()
          + ", "
          + Setting.CONTROL_TLS_KEY.option()
          + ", "
          + Setting.CONTROL_TLS_CA.option()
          + ")";

  private ListenRules() {}

  /**
   * Returns the socket address to listen on.
   *
   * @throws IllegalArgumentException if the address is not protected enough, with a message for the
   *     user
   * @throws UnknownHostException if the host has no address
   */
  static InetSocketAddress required(ListenAddress.Tcp address, ControlSettings settings)
      throws UnknownHostException {
    InetAddress host = InetAddress.getByName(address.host());
    if (host.isLoopbackAddress()) {
      if (!settings.hasTokens() && !settings.mutualTls()) {
        throw new IllegalArgumentException(
            "a loopback port needs a token ("
                + Setting.CONTROL_TOKEN_FILE.option()
                + ") or "
                + MUTUAL_TLS);
      }
    } else if (!settings.mutualTls() && (settings.tls() == null || !settings.hasTokens())) {
      throw new IllegalArgumentException(
          "an address other than loopback needs "
              + MUTUAL_TLS
              + " or a token ("
              + Setting.CONTROL_TOKEN_FILE.option()
              + ") and TLS");
    }
    return new InetSocketAddress(host, address.port());
  }
}
