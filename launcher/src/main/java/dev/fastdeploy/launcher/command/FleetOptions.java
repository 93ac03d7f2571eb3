package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.Credentials;
import dev.fastdeploy.launcher.fleet.HttpProxy;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The instances that a command is for, and how to reach them. */
final class FleetOptions {

  /** The options that name instances by their address. */
  static final List<String> TARGETS = List.of("--target", "--targets-file");

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "host:port or unix:PATH of an instance's control endpoint; repeatable")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--targets-file",
      paramLabel = "FILE",
      description = "file with one target per line")
  private @Nullable Path file;

  @Option(
      names = "--tls",
      description = "reach targets over TLS; implied by --control-tls-ca and --control-tls-cert")
  private boolean tls;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      description = "HTTP proxy through which targets are reached (default: none)")
  private @Nullable String proxy;

  /** Returns whether any target was named. */
  boolean given() {
    return !targets.isEmpty() || file != null;
  }

  /**
   * Refuses targets, for commands that take their instances from --fleet only.
   *
   * @throws IllegalArgumentException if one was named, with a message for the user
   */
  void requireNoTargets() {
    if (given()) {
      throw new IllegalArgumentException(
          "--target and --targets-file do not work with this command; name the fleet with --fleet");
    }
  }

  List<Target> targets() {
    return Targets.of(targets, file);
  }

  /** Returns clients that reach the targets as the options say, with credentials that suit them. */
  InstanceClients clients(Settings settings, List<Target> those) {
    Credentials credentials = Credentials.of(settings, tls);
    credentials.check(those);
    return clients(credentials);
  }

  /** Returns clients for targets that are not known yet. Each is checked once it is known. */
  InstanceClients clients(Settings settings) {
    return clients(Credentials.of(settings, tls));
  }

  private InstanceClients clients(Credentials credentials) {
    return new InstanceClients(credentials, proxy == null ? null : HttpProxy.parse(proxy));
  }
}
