package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.listening.ListenerClient;
import dev.fastdeploy.contract.listening.ListenerClient.Given;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.leftovers.LeftProcesses;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.listeners.HeldListeners;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a service that ended is started once more, without the listeners that were held for it. */
@Timeout(60)
class AfterExitTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Commit FAILED = new Commit("failed");

  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final StopRequest stop = new StopRequest(false);
  private final ServiceInstances instances = new ServiceInstances();
  private Consumer<String> speaker;
  private Path image;
  private Descriptors descriptors;
  private ListenerClient agent;
  private int listener;
  private ConnectionHold hold;
  private Releases releases;
  private LauncherParts launcher;
  private AfterExit afterExit;

  /** The release that ended: a new one, the one before that failed, or one that had its proof. */
  private enum Role {
    NEW,
    RESTORED,
    PROVEN
  }

  /** A sign that the listeners are to blame, or that they are not. */
  private enum Sign {
    NONE,
    PORT_REFUSED,
    PRINTED_IN_USE("java.net.BindException: Address already in use"),
    PRINTED_PORT_IN_USE("Web server failed to start. Port 8080 was already in use."),
    HELLO,
    ANNOUNCED,
    READY,
    GIVEN_UP,
    STOP_REQUESTED,
    NOTHING_HELD;

    private final String printed;

    Sign() {
      this("the last line");
    }

    Sign(String printed) {
      this.printed = printed;
    }
  }

  @BeforeEach
  void holdAListener() throws IOException {
    speaker = Diagnostics.sayBy(said::add);
    image = Files.createDirectory(folder.resolve("app"));
    descriptors = Descriptors.loadBeside(folder.resolve("listen.sock"));
    HeldListeners listeners = new HeldListeners(folder.resolve("listen.sock"), event -> {});
    agent = new ListenerClient(descriptors, listeners.socket());
    hold = new ConnectionHold(Duration.ofMinutes(10), true, listeners);
    hold.begins(System.nanoTime());
    listener = descriptors.tcpSockets().idleListener();
    agent.give(List.of(new Given(name(), listener, 10)));
    hold.look(System.nanoTime());
    makeLauncher();
  }

  private void makeLauncher() throws IOException {
    RunOptions options =
        RunOptions.parse(
            List.of(
                "--home",
                folder + "/home",
                "--release",
                image + "",
                "--commit",
                "image",
                "--leftovers",
                "keep",
                "--agent-via",
                "env",
                "--",
                "sh",
                "-c",
                "cat prints"),
            new Properties(),
            Map.of());
    releases = Releases.open(new Home(folder.resolve("home")), new Commit("image"), image);
    ProcessSpawner spawner =
        new ProcessSpawner(
            options,
            ServiceCommand.of(options, folder.resolve("fastdeploy.jar")),
            releases,
            Optional.of(folder.resolve("channel")),
            Optional.empty(),
            Map.of(),
            new Logs(
                LogFormat.TEXT, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()),
            event -> {});
    Vitals vitals = new Vitals(options, id -> Optional.empty());
    Signals signals = new Signals();
    ReloadRecord reloads = new ReloadRecord(releases, vitals);
    launcher =
        new LauncherParts(
            options, releases, spawner, signals, stop, reloads, hold, LONG, new LastSaid());
    BeforeNextStart before =
        new BeforeNextStart(
            options,
            new LeftProcesses(spawner.mark(), signals::isSending),
            stop,
            new LinkedBlockingQueue<>());
    ReleaseStarter starter = new ReleaseStarter(launcher, instances, vitals, before);
    afterExit = new AfterExit(options, releases, stop, reloads, hold, starter);
  }

  @AfterEach
  void end() throws Exception {
    for (ServiceInstance instance : instances.all()) {
      instance.child().process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    hold.close();
    descriptors.closeQuietly(listener);
    releases.close();
    Diagnostics.sayBy(speaker);
  }

  @ParameterizedTest
  @CsvSource({
    "NEW,      1, PORT_REFUSED",
    "NEW,      1, PRINTED_IN_USE",
    "NEW,      1, PRINTED_PORT_IN_USE",
    // ILL, ABRT, BUS, FPE, SEGV before hello
    "NEW,    132, NONE",
    "NEW,    134, NONE",
    "NEW,    135, NONE",
    "NEW,    136, NONE",
    "NEW,    139, NONE",
    "RESTORED, 1, NONE",
    "RESTORED, 1, HELLO",
    "PROVEN,   1, NONE",
    "PROVEN,  75, HELLO",
  })
  void isStartedOnceMoreInItsRole(Role role, int code, Sign sign) throws Exception {
    ServiceInstance service = start(role, sign);

    OptionalInt end = ends(service, code, sign);

    assertThat(end).isEmpty();
    assertThat(said).anyMatch(line -> line.contains("code " + code) && line.contains("once more"));
    assertThat(hold.holds()).isFalse();
    ServiceInstance next = instances.last().orElseThrow();
    assertThat(next).isNotSameAs(service);
    assertThat(next.child().release()).isEqualTo(service.child().release());
    Watched watched = next.watch().watched();
    switch (role) {
      case NEW -> assertThat(watched).matches(Watched::isNewRelease);
      case RESTORED -> assertThat(watched).returns(Optional.of(FAILED), Watched::failed);
      case PROVEN -> assertThat(watched).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // A broken release: its clients wait for the one before it.
    "NEW,      1, NONE",
    "NEW,      1, HELLO",
    "NEW,    137, NONE",
    "NEW,    143, NONE",
    "NEW,    139, HELLO",
    "NEW,      0, PORT_REFUSED",
    "NEW,      0, PRINTED_IN_USE",
    "RESTORED, 0, NONE",
    "PROVEN,   0, NONE",
    "NEW,    139, READY",
    "RESTORED, 1, READY",
    "PROVEN,   1, READY",
    "NEW,    139, GIVEN_UP",
    "NEW,    139, ANNOUNCED",
    "PROVEN,  75, ANNOUNCED",
    "PROVEN,   1, STOP_REQUESTED",
    "NEW,    139, STOP_REQUESTED",
    "NEW,    139, NOTHING_HELD",
    "PROVEN,   1, NOTHING_HELD",
  })
  void isNotStartedOnceMore(Role role, int code, Sign sign) throws Exception {
    OptionalInt unused = ends(start(role, sign), code, sign);

    assertThat(said).noneMatch(line -> line.contains("once more"));
    assertThat(hold.holds()).isEqualTo(sign != Sign.NOTHING_HELD);
  }

  @Test
  void isNotStartedOnceMoreASecondTime() throws Exception {
    assertThat(ends(start(Role.PROVEN, Sign.NONE), 1, Sign.NONE)).isEmpty();
    said.clear();

    assertThat(ends(instances.last().orElseThrow(), 1, Sign.NONE)).hasValue(1);

    assertThat(said).noneMatch(line -> line.contains("once more"));
  }

  /** A JVM that breaks by its archive of classes says nothing of its release. */
  @ParameterizedTest
  @CsvSource({
    "NEW,      1, NONE",
    "NEW,    134, NONE",
    "NEW,    143, NONE",
    "RESTORED, 1, NONE",
    "PROVEN,   1, NOTHING_HELD",
  })
  void isStartedOnceMoreWithoutItsArchive(Role role, int code, Sign sign) throws Exception {
    ServiceInstance service = start(role, sign);
    service.child().isOffered(archive(false));

    assertThat(ends(service, code, sign)).isEmpty();

    assertThat(said)
        .singleElement()
        .asString()
        .contains("code " + code, "archive.jsa", "it is started once more without it");
    ServiceInstance next = instances.last().orElseThrow();
    assertThat(next).isNotSameAs(service);
    assertThat(next.child().release()).isEqualTo(service.child().release());
    assertThat(next.child().archive()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, NONE, false",
    "1, HELLO, false",
    "1, STOP_REQUESTED, false",
    "1, NONE, true",
  })
  void anArchiveIsNotEveryEndsReason(int code, Sign sign, boolean required) throws Exception {
    ServiceInstance service = start(Role.NEW, sign);
    service.child().isOffered(archive(required));

    OptionalInt unused = ends(service, code, sign);

    assertThat(said).noneMatch(line -> line.contains("once more"));
  }

  private ArchiveOffer archive(boolean required) {
    return new ArchiveOffer.Offered(
        folder.resolve("archive.jsa"), List.of("java"), required, folder.resolve("words"), "key");
  }

  /** The next process of the service, which has adopted nothing yet. */
  private ServiceInstance start(Role role, Sign sign) throws IOException {
    Files.writeString(image.resolve("prints"), sign.printed + "\n");
    hold.starts(System.nanoTime());
    ServiceInstance service =
        new ServiceInstance(
            launcher,
            launcher.spawner().start(releases.atStart(), false, instances.lastStarted()),
            System.nanoTime());
    instances.started(service);
    if (role != Role.PROVEN) {
      service
          .watch()
          .watch(role == Role.NEW ? Optional.empty() : Optional.of(FAILED), System.nanoTime());
    }
    return service;
  }

  private OptionalInt ends(ServiceInstance service, int code, Sign sign) throws Exception {
    show(service, sign);
    assertThat(service.child().process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    await().atMost(LONG).until(() -> service.child().piped().outputEnded());
    service.exited(code);
    return afterExit.decide(service);
  }

  private void show(ServiceInstance service, Sign sign) throws Exception {
    switch (sign) {
      case NONE, PRINTED_IN_USE, PRINTED_PORT_IN_USE -> {}
      case PORT_REFUSED -> {
        agent.refused(name());
        await().atMost(LONG).until(hold::collides);
      }
      case HELLO -> hello(service);
      case ANNOUNCED -> service.child().announce();
      case READY -> service.watch().ready();
      case GIVEN_UP -> {
        service.watch().doesNotListen("its port is taken");
        service.watch().judge(System.nanoTime());
      }
      case STOP_REQUESTED -> assertThat(stop.request("TERM")).isTrue();
      case NOTHING_HELD -> hold.close();
    }
  }

  private void hello(ServiceInstance service) throws IOException {
    Path socket = folder.resolve("channel");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      try (Channel agentSide = Channel.connect(socket);
          Channel channel = new Channel(server.accept())) {
        assertThat(service.child().adopt(channel, service.child().process().pid())).isTrue();
        assertThat(agentSide.receive()).isPresent();
      }
    }
  }

  private String name() {
    return descriptors.tcpSockets().name(listener).orElseThrow();
  }
}
