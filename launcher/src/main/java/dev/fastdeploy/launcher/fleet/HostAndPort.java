package dev.fastdeploy.launcher.fleet;

import java.util.regex.Pattern;

/** The grammar of a TCP target. */
final class HostAndPort {

  /** Group 1 is an IPv6 address, group 2 any other host, group 3 the port. */
  static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)\\]|([0-9A-Za-z._-]+)):(\\d{1,5})");

  private HostAndPort() {}
}
