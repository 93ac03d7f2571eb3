package dev.fastdeploy.launcher.supervisor.register;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which the command reaches this instance.
 *
 * @param host a name or an address, an IPv6 one in brackets; empty if the instance listens on all
 *     its addresses; the one that reaches the register is meant then
 */
record OwnAddress(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^:|\\[\\]\\s]+):(\\d{1,5})");
  private static final Set<String> ANY = Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

  /**
   * Returns the address in the settings.
   *
   * @throws IllegalArgumentException if the instance cannot be reached from elsewhere, with a
   *     message for the user
   */
  static OwnAddress of(Settings settings) {
    Optional<String> given = settings.text(Setting.REGISTER_AS);
    if (given.isPresent()) {
      OwnAddress address = parsed(Setting.REGISTER_AS, given.get());
      if (address.host.isEmpty()) {
        throw notReachable(Setting.REGISTER_AS, given.get());
      }
      return address;
    }
    return parsed(
        Setting.CONTROL_LISTEN,
        settings
            .text(Setting.CONTROL_LISTEN)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        Setting.REGISTER.option()
                            + " needs an address that the command can reach; name one by "
                            + Setting.CONTROL_LISTEN.option()
                            + " HOST:PORT")));
  }

  private static OwnAddress parsed(Setting setting, String text) {
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(2)) : 0;
    if (port < 1 || port > 65535) {
      throw notReachable(setting, text);
    }
    return new OwnAddress(ANY.contains(form.group(1)) ? "" : form.group(1), port);
  }

  private static IllegalArgumentException notReachable(Setting setting, String text) {
    return new IllegalArgumentException(
        setting.option()
            + " '"
            + Text.shortened(text, 100)
            + "' is not an address that "
            + Setting.REGISTER.option()
            + " can tell others; name one by "
            + Setting.REGISTER_AS.option()
            + " HOST:PORT");
  }

  /**
   * Returns the address as the command dials it.
   *
   * @param local this machine's address on the way to the register
   */
  String shown(InetAddress local) {
    return (host.isEmpty() ? literal(local) : host) + ":" + port;
  }

  private static String literal(InetAddress local) {
    String address = local.getHostAddress();
    return local instanceof Inet6Address ? "[" + address.replaceFirst("%.*", "") + "]" : address;
  }
}
