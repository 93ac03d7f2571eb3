package dev.fastdeploy.agent.control;

import dev.fastdeploy.agent.deploy.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A control endpoint that listens, in front of an instance that the test works. */
final class Endpoint implements AutoCloseable {

  private static final InstanceFacts FACTS =
      new InstanceFacts("host", "host.0f", null, 42, 1000, "1.0", "17", ClassArchive.UNKNOWN);

  /** Long enough not to end a test's clients on a busy machine. */
  static final ConnectionGuard.Allowance PATIENT =
      new ConnectionGuard.Allowance(
          Duration.ofMinutes(5),
          ConnectionGuard.Allowance.USUAL.bytes(),
          ConnectionGuard.Allowance.USUAL.calls());

  /** Connections as old as usual; files are looked at often. */
  private static final ControlServer.Lifetimes LIFETIMES =
      new ControlServer.Lifetimes(
          ControlServer.Lifetimes.USUAL.idle(),
          ControlServer.Lifetimes.USUAL.oldest(),
          Duration.ofMillis(100));

  private final Instance instance;
  private final ControlServer server;

  Endpoint(ControlSettings settings) throws IOException {
    this(settings, new Instance());
  }

  /** In front of an instance that a test has prepared. */
  Endpoint(ControlSettings settings, Instance instance) throws IOException {
    this(settings, instance, ConnectionPlaces.ofThisProcess(), PATIENT, LIFETIMES);
  }

  Endpoint(ControlSettings settings, ControlServer.Lifetimes lifetimes) throws IOException {
    this(settings, new Instance(), ConnectionPlaces.ofThisProcess(), PATIENT, lifetimes);
  }

  Endpoint(ControlSettings settings, ConnectionPlaces places, ConnectionGuard.Allowance allowance)
      throws IOException {
    this(settings, new Instance(), places, allowance, LIFETIMES);
  }

  private Endpoint(
      ControlSettings settings,
      Instance instance,
      ConnectionPlaces places,
      ConnectionGuard.Allowance allowance,
      ControlServer.Lifetimes lifetimes)
      throws IOException {
    this.instance = instance;
    server =
        ControlServer.start(
            settings,
            instance.deployer(),
            FACTS,
            daemons("test-io"),
            daemons("test-call"),
            lifetimes,
            places,
            allowance);
  }

  Connections connections() {
    return server.connections();
  }

  /** On a free port of the loopback address. */
  static ControlSettings loopback(
      @Nullable Path tokens, @Nullable Path readTokens, @Nullable TlsFiles tls) {
    return loopback(tokens, readTokens, tls, Set.of(), Set.of());
  }

  /** The same, with the names of certificates that may deploy and that may read. */
  static ControlSettings loopback(
      @Nullable Path tokens,
      @Nullable Path readTokens,
      @Nullable TlsFiles tls,
      Set<String> deployers,
      Set<String> readers) {
    return new ControlSettings(
        new ListenAddress.Tcp("127.0.0.1", 0),
        tokens,
        readTokens,
        tls,
        deployers,
        readers,
        Duration.ofHours(1));
  }

  /** On a Unix socket. */
  static ControlSettings unix(Path socket, @Nullable Path tokens) {
    return new ControlSettings(
        new ListenAddress.UnixSocket(socket),
        tokens,
        null,
        null,
        Set.of(),
        Set.of(),
        Duration.ofHours(1));
  }

  /** A file that only its owner may read. */
  static Path secret(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  String address() {
    return server.address();
  }

  Instance instance() {
    return instance;
  }

  @Override
  public void close() {
    server.close();
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
