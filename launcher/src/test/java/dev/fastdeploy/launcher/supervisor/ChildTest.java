package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.output.ServicePipes;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which of the agents below a start script is the service's. */
@Timeout(60)
class ChildTest {

  @TempDir Path folder;
  private ServerSocketChannel server;
  private Child child;
  private long descendant;

  @BeforeEach
  void startAScript() throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
    Path pids = folder.resolve("pids");
    child =
        Child.start(
            new Release(new Commit("c1"), folder),
            List.of("sh", "-c", "sleep 60 & echo $! > new; mv new pids; wait"),
            true,
            Map.of(),
            ServicePipes.create(),
            new Logs(
                LogFormat.TEXT, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()),
            null,
            event -> {});
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(pids));
    descendant = Long.parseLong(Files.readString(pids).strip());
  }

  @AfterEach
  void endIt() throws Exception {
    child.rememberDescendants();
    child.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    child.killDescendants();
    server.close();
  }

  @Test
  void aHelperThatHasEndedGivesItsPlaceToTheNextThatSaysHello() throws IOException {
    Connected helper = connect();
    assertThat(child.adopt(helper.launcherSide, descendant)).isTrue();
    assertThat(child.owns(helper.launcherSide)).isTrue();

    assertThat(child.channelEnded(helper.launcherSide)).isTrue();

    assertThat(child.hello()).isTrue();
    assertThat(child.hasAgent()).isFalse();
    Connected service = connect();
    child.adopt(service.launcherSide, child.process().pid());
    assertThat(child.owns(service.launcherSide)).isTrue();
    assertThat(service.agentSide.receive()).contains(new ChannelMessage.Adopted());
  }

  @Test
  void whoComesWhileThePlaceIsTakenWaitsForIt() throws IOException {
    Connected first = connect();
    Connected second = connect();
    Connected third = connect();
    child.adopt(first.launcherSide, descendant);
    child.adopt(second.launcherSide, descendant);
    child.adopt(third.launcherSide, descendant);

    assertThat(child.channelEnded(second.launcherSide)).isFalse();
    assertThat(child.owns(first.launcherSide)).isTrue();
    child.channelEnded(first.launcherSide);

    assertThat(child.owns(third.launcherSide)).isTrue();
    assertThat(third.agentSide.receive()).contains(new ChannelMessage.Adopted());
  }

  @Test
  void theProcessThatWasStartedHasNoSuccessor() throws IOException {
    Connected service = connect();
    Connected helper = connect();
    child.adopt(service.launcherSide, child.process().pid());
    child.adopt(helper.launcherSide, descendant);

    assertThat(child.channelEnded(service.launcherSide)).isFalse();

    assertThat(child.owns(helper.launcherSide)).isFalse();
  }

  @Test
  void aServiceThatAnnouncedItsReloadHasNoSuccessor() throws IOException {
    Connected service = connect();
    Connected helper = connect();
    child.adopt(service.launcherSide, descendant);
    child.adopt(helper.launcherSide, descendant);
    child.announce();

    assertThat(child.channelEnded(service.launcherSide)).isFalse();

    assertThat(child.owns(helper.launcherSide)).isFalse();
    assertThat(child.announced()).isTrue();
  }

  @Test
  void aProcessOfAnotherTreeIsNot() throws IOException {
    assertThat(child.adopt(connect().launcherSide, ProcessHandle.current().pid())).isFalse();
    assertThat(child.hello()).isFalse();
  }

  private record Connected(Channel launcherSide, Channel agentSide) {}

  private Connected connect() throws IOException {
    Channel agentSide = Channel.connect(folder.resolve("s"));
    return new Connected(new Channel(server.accept()), agentSide);
  }
}
