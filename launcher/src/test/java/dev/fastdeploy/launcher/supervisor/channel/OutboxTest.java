package dev.fastdeploy.launcher.supervisor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told to an agent that reads, and to one that does not. */
@Timeout(60)
class OutboxTest {

  private static final ChannelMessage LAST_LINES =
      new ChannelMessage.LastLines(List.of("x".repeat(40_000)));

  private static final ChannelMessage SHORT = new ChannelMessage.StateChanged();

  @TempDir Path folder;
  private ServerSocketChannel server;
  private Channel agent;
  private Channel launcher;
  private Outbox outbox;

  @BeforeEach
  void connect() throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
    agent = Channel.connect(folder.resolve("s"));
    launcher = new Channel(server.accept());
    outbox = new Outbox(launcher);
  }

  @AfterEach
  void close() throws IOException {
    agent.close();
    launcher.close();
    server.close();
  }

  @Test
  void messagesArriveInTheirOrder() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(outbox.tell(new ChannelMessage.Declined("" + i))).isTrue();
    }

    for (int i = 0; i < 20; i++) {
      assertThat(agent.receive()).contains(new ChannelMessage.Declined("" + i));
    }
  }

  @Test
  void anAgentThatDoesNotReadIsNotWaitedForAndLosesNothingThatWasTaken() throws IOException {
    ChannelMessage message = new ChannelMessage.Declined("x".repeat(40_000));
    int taken = 0;
    // Each call returns, or the test runs out of time.
    while (outbox.tell(message)) {
      taken++;
    }
    assertThat(taken).isGreaterThanOrEqualTo(Outbox.MOST_WAITING);

    for (int i = 0; i < taken; i++) {
      assertThat(agent.receive()).contains(message);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> outbox.tell(SHORT));
    assertThat(agent.receive()).contains(SHORT);
  }

  @Test
  void anAgentThatAsksAgainAndAgainForTheLastLinesFillsNothing() {
    for (int i = 0; i < 1000; i++) {
      assertThat(outbox.tell(LAST_LINES)).isTrue();
    }
    assertThat(outbox.tell(SHORT)).isTrue();
  }

  @Test
  void whereNoThreadCanBeStartedItWaitsForTheNextMessage() throws IOException {
    AtomicBoolean full = new AtomicBoolean(true);
    Outbox waiting =
        new Outbox(
            launcher,
            task -> {
              if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              new Thread(task).start();
            });
    assertThat(waiting.tell(new ChannelMessage.Declined("1"))).isTrue();
    full.set(false);
    assertThat(waiting.tell(SHORT)).isTrue();

    assertThat(agent.receive()).contains(new ChannelMessage.Declined("1"));
    assertThat(agent.receive()).contains(SHORT);
  }

  @Test
  void anAgentThatHasGoneIsToldNothing() throws IOException {
    agent.close();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(outbox.tell(SHORT)).isTrue());
    outbox.tell(SHORT);
    outbox.tell(SHORT);
  }

  @SuppressWarnings("NullAway") // What is not there fails where it is written.
  @Test
  void whatEndsTheThreadThatWritesDoesNotEndTheTelling() throws IOException {
    AtomicBoolean failed = new AtomicBoolean();
    Outbox telling =
        new Outbox(
            launcher,
            task -> {
              Thread thread = new Thread(task);
              thread.setUncaughtExceptionHandler((ended, failure) -> failed.set(true));
              thread.start();
            });
    telling.tell(new ChannelMessage.Declined(null));
    await().atMost(Duration.ofSeconds(20)).untilTrue(failed);

    assertThat(telling.tell(SHORT)).isTrue();

    assertThat(agent.receive()).contains(SHORT);
  }
}
