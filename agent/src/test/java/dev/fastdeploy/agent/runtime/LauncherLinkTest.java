package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's end of the channel. */
class LauncherLinkTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final DeployId ID = new DeployId("d1");
  private static final Commit COMMIT = new Commit("next");

  private @TempDir Path directory;
  private volatile boolean failing;
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Test
  void introducesItselfFirst() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(socket(), message -> null);
        LauncherLink link = link(LONG)) {
      link.tell(new ChannelMessage.Ready());
      await().atMost(LONG).until(() -> launcher.received().size() == 2);
      assertThat(launcher.received())
          .containsExactly(
              new ChannelMessage.Hello(ProcessHandle.current().pid(), "1.2.3"),
              new ChannelMessage.Ready());
      assertThat(link.absentBecause()).isEmpty();
    }
  }

  /** As the kernel refuses a connection to a socket on which nobody listens any more. */
  @Test
  void aLauncherThatIsKilledBeforeItIsGreetedHasGone() throws Exception {
    List<LauncherLink.Connector> tries =
        new ArrayList<>(List.of(this::brokenChannel, () -> Channel.connect(socket())));
    LauncherSide.listen(socket(), message -> null).die();

    assertThatThrownBy(() -> LauncherLink.connect(() -> tries.remove(0).connect(), "1.2.3", LONG))
        .isInstanceOf(ConnectException.class);
    assertThat(tries).isEmpty();
  }

  /** Whoever was at its other end has gone. */
  private Channel brokenChannel() throws IOException {
    Path other = directory.resolve("other.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(other));
      Channel channel = Channel.connect(other);
      server.accept().close();
      return channel;
    }
  }

  @Test
  void announcesAndIsAcknowledged() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(socket(), LauncherSide::acknowledging);
        LauncherLink link = link(LONG)) {
      assertThatCode(() -> link.announce(ID, COMMIT)).doesNotThrowAnyException();
      assertThat(launcher.received()).contains(new ChannelMessage.Reload("d1", "next"));
    }
  }

  @Test
  void tellsWhyTheLauncherDeclines() throws Exception {
    try (LauncherSide launcher =
            LauncherSide.listen(
                socket(),
                message ->
                    message instanceof ChannelMessage.Reload
                        ? new ChannelMessage.Declined("it stops")
                        : null);
        LauncherLink link = link(LONG)) {
      assertThatThrownBy(() -> link.announce(ID, COMMIT))
          .isInstanceOf(ReloadDeclinedException.class)
          .hasMessage("the launcher declined: it stops");
      assertThat(launcher.received(ChannelMessage.Reload.class)).isTrue();
    }
  }

  @Test
  void bringsTheLastLinesThatTheLauncherKnows() throws Exception {
    List<String> lines = List.of("one", "two words");
    try (LauncherSide launcher =
            LauncherSide.listen(
                socket(),
                message ->
                    message instanceof ChannelMessage.AskLastLines
                        ? new ChannelMessage.LastLines(lines)
                        : null);
        LauncherLink link = link(LONG)) {
      assertThat(link.lastLines().get()).isEqualTo(lines);
      assertThat(launcher.received(ChannelMessage.AskLastLines.class)).isTrue();
    }
  }

  @Test
  void goesOnWithoutTheLastLinesOfALauncherThatDoesNotTell() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(socket(), message -> null);
        LauncherLink link = link(LONG)) {
      assertThat(link.lastLines().get()).isEmpty();
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.AskLastLines.class));
    }
  }

  @Test
  void doesNotWaitForEverForAnAnswer() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(socket(), message -> null);
        LauncherLink link = link(Duration.ofMillis(50))) {
      assertThatThrownBy(() -> link.announce(ID, COMMIT))
          .isInstanceOf(ReloadDeclinedException.class)
          .hasMessage("the launcher did not answer within 50 ms");
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Reload.class));
    }
  }

  @Test
  void noticesThatTheLauncherDiesDuringAnAnnouncement() throws Exception {
    LauncherSide[] launcher = new LauncherSide[1];
    launcher[0] =
        LauncherSide.listen(
            socket(),
            message -> {
              if (message instanceof ChannelMessage.Reload) {
                die(launcher[0]);
              }
              return null;
            });
    try (LauncherLink link = link(LONG)) {
      assertThatThrownBy(() -> link.announce(ID, COMMIT))
          .isInstanceOf(ReloadDeclinedException.class)
          .hasMessageContaining("the launcher has gone");
      await().atMost(LONG).until(() -> events.contains("gone"));
      assertThat(link.absentBecause()).isPresent();
    }
  }

  @Test
  void passesOnWhatTheLauncherTells() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(socket(), message -> null);
        LauncherLink link = link(LONG)) {
      await().atMost(LONG).until(() -> !launcher.received().isEmpty());
      launcher.send(new ChannelMessage.StateChanged());
      launcher.send(new ChannelMessage.Stopping());
      await().atMost(LONG).until(() -> events.size() == 2);
      assertThat(events).containsExactly("state", "stopping");
      assertThat(link.absentBecause()).isEmpty();
    }
  }

  @Test
  void goesOnListeningAfterAFailureOfTheAgent() throws Exception {
    failing = true;
    try (LauncherSide launcher = LauncherSide.listen(socket(), message -> null);
        LauncherLink link = link(LONG)) {
      await().atMost(LONG).until(() -> !launcher.received().isEmpty());
      launcher.send(new ChannelMessage.StateChanged());
      launcher.send(new ChannelMessage.Stopping());
      await().atMost(LONG).until(() -> events.contains("stopping"));
      assertThat(link.absentBecause()).isEmpty();

      launcher.die();
      await().atMost(LONG).until(() -> events.contains("gone"));
    }
  }

  @Test
  void doesNotTakeItsOwnCloseForTheLaunchersEnd() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(socket(), message -> null);
        LauncherLink other = link(LONG)) {
      await().atMost(LONG).until(() -> !launcher.received().isEmpty());
      assertThat(receiving()).isTrue();
      end(other);
      await().atMost(LONG).until(() -> !receiving());
      assertThat(events).isEmpty();
    }
  }

  private static void end(LauncherLink link) throws IOException {
    link.close();
  }

  private static boolean receiving() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("fastdeploy-channel"));
  }

  private static void die(LauncherSide launcher) {
    try {
      launcher.die();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Path socket() {
    return directory.resolve("l");
  }

  private LauncherLink link(Duration timeout) throws IOException {
    LauncherLink link = LauncherLink.connect(socket(), "1.2.3", timeout);
    link.receive(
        new LauncherEvents() {
          @Override
          public void stopping() {
            events.add("stopping");
          }

          @Override
          public void stateChanged() {
            events.add("state");
            if (failing) {
              throw new LinkageError("a class is missing");
            }
          }

          @Override
          public void notHolding(String because) {
            events.add("not holding: " + because);
          }

          @Override
          public void gone() {
            events.add("gone");
          }

          @Override
          public void askedForClasses() {
            events.add("classes");
          }
        });
    return link;
  }
}
