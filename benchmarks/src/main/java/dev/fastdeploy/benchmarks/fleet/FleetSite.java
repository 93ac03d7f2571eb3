package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.agent.control.TlsFiles;
import dev.fastdeploy.contract.Commit;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings that all instances of a fleet have in common.
 *
 * @param folder with the certificates
 * @param port at which each listens, at an address of its own
 * @param faulty whether a tenth of them has faults
 * @param restart the median of the time from the end of a process to the first answer of the next
 */
record FleetSite(Path folder, int port, boolean faulty, Duration restart) {

  static final String APP = "shop";
  static final String ENVIRONMENT = "bench";

  /** The one name that the certificates of all instances bear. */
  static final String SERVER_NAME = "shop.internal";

  /** The name that the command's certificate bears, which may deploy. */
  static final String PIPELINE = "pipeline";

  static final Commit IMAGE = new Commit("1111111");
  static final Commit NEXT = new Commit("2222222");

  private static final int HOSTS_A_NET = 250;

  TlsFiles tls() {
    return new TlsFiles(
        folder.resolve("instance.crt"), folder.resolve("instance.key"), authority());
  }

  TlsFiles commandTls() {
    return new TlsFiles(folder.resolve("command.crt"), folder.resolve("command.key"), authority());
  }

  Path authority() {
    return folder.resolve("authority.crt");
  }

  Behaviour behaviour(int number) {
    return faulty ? Behaviour.ofNumber(number) : Behaviour.SOUND;
  }

  /**
   * A loopback address of its own for each: its port is then taken by no outgoing connection while
   * the instance is down. Linux has all of 127.0.0.0/8 there.
   */
  static String host(int number) {
    return "127.77." + number / HOSTS_A_NET + "." + (number % HOSTS_A_NET + 1);
  }

  String address(int number) {
    return host(number) + ":" + port;
  }
}
