package dev.fastdeploy.launcher.supervisor.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.supervisor.LauncherRun;
import dev.fastdeploy.launcher.supervisor.event.PatientSource;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelServerTest {

  @TempDir Path folder;

  @Test
  void itListensInTheHome() throws IOException {
    try (ChannelServer server = ChannelServer.listen(folder, List.of(), event -> {})) {
      assertThat(server.path()).contains(folder.resolve("launcher.sock"));
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** A directory in the socket's place stands for whatever keeps one from being made. */
  @Test
  void whereItCannotItListensElsewhereAndLeavesNothing() throws IOException {
    Files.createDirectories(folder.resolve("home/launcher.sock/in-the-way"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Path missing = folder.resolve("missing");

    try (ChannelServer server =
        ChannelServer.listen(folder.resolve("home"), List.of(missing, other), event -> {})) {
      assertThat(server.path().orElseThrow()).startsWith(other).exists();
    }

    assertThat(other).isEmptyDirectory();
  }

  @Test
  void aPathThatIsTooLongIsPassedOver() throws IOException {
    Path longest = Files.createDirectory(folder.resolve("x".repeat(100)));
    Path other = Files.createDirectory(folder.resolve("o"));

    try (ChannelServer server = ChannelServer.listen(longest, List.of(longest, other), e -> {})) {
      assertThat(server.path().orElseThrow()).startsWith(other);
    }

    assertThat(longest).isEmptyDirectory();
  }

  @Test
  void whereNoneCanBeMadeItSaysSoAndTheServiceIsServed() {
    List<String> said = new ArrayList<>();
    Consumer<String> speaker = Diagnostics.sayBy(said::add);
    try (ChannelServer server =
        ChannelServer.listen(
            folder.resolve("missing"), List.of(folder.resolve("gone")), event -> {})) {
      assertThat(server.path()).isEmpty();
    } finally {
      Diagnostics.sayBy(speaker);
    }
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("fastdeploy: no socket for the agent can be made (")
        .contains("deploys are refused");
  }

  @Test
  void aFloodWaitsInTheSocketAndSignalsComePast() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Consumer<String> speaker = Diagnostics.sayBy(said::add);
    BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
    SupervisorEvent.SignalReceived term = new SupervisorEvent.SignalReceived("TERM");
    try (ChannelServer server = ChannelServer.listen(folder, List.of(), new PatientSource(events));
        SocketChannel flood =
            SocketChannel.open(UnixDomainSocketAddress.of(server.path().orElseThrow()))) {
      flood.configureBlocking(false);
      ByteBuffer lines = ByteBuffer.wrap("ready\n".repeat(10_000).getBytes(UTF_8));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                int written = flood.write(lines);
                lines.position(lines.position() % 6);
                return written == 0 && !said.isEmpty();
              });
      LauncherRun.addSignal(term, events);
      LauncherRun.addSignal(term, events);

      assertThat(events).hasSize(PatientSource.MOST_WAITING + 1).endsWith(term);
      assertThat(said).singleElement().asString().contains("has to wait");
      events.clear();
      await().atMost(Duration.ofSeconds(60)).until(() -> !events.isEmpty());
    } finally {
      Diagnostics.sayBy(speaker);
    }
  }

  @Test
  void anAgentThatNoThreadCanBeMadeForIsHeardLater() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Consumer<String> speaker = Diagnostics.sayBy(said::add);
    AtomicBoolean exhausted = new AtomicBoolean(true);
    BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
    try (ChannelServer server =
        ChannelServer.listen(
            folder,
            List.of(),
            events::add,
            (name, task) -> {
              if (name.equals("channel-reader") && exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              LauncherThreads.start(name, task);
            })) {
      for (int agents = 0; agents < 2; agents++) {
        exhausted.set(true);
        said.clear();
        try (Channel agent = Channel.connect(server.path().orElseThrow())) {
          agent.send(new ChannelMessage.Ready());
          await()
              .atMost(Duration.ofSeconds(30))
              .untilAsserted(
                  () -> assertThat(said).anyMatch(line -> line.contains("raise the limit")));
          exhausted.set(false);

          assertThat(events.poll(30, TimeUnit.SECONDS))
              .isInstanceOf(SupervisorEvent.Received.class);
        }
        assertThat(events.poll(30, TimeUnit.SECONDS))
            .isInstanceOf(SupervisorEvent.ChannelEnded.class);
      }
    } finally {
      Diagnostics.sayBy(speaker);
    }
  }
}
