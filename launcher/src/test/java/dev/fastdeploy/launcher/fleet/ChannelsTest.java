package dev.fastdeploy.launcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much is looked at, and what is kept, is counted: a fleet has thousands of channels. */
class ChannelsTest {

  private final Channels channels = new Channels();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void looksAtNoOtherChannelWhenOneIsOpened() {
    for (int i = 0; i < 4_000; i++) {
      channels.add(new FakeChannel());
    }

    assertThat(looks).hasValue(0);
    assertThat(channels.size()).isEqualTo(4_000);
  }

  @Test
  void looksAtAFewWhenChannelsComeAndGoBesideManyOpenOnes() {
    for (int i = 0; i < 4_000; i++) {
      channels.add(new FakeChannel());
    }
    for (int i = 0; i < 1_000; i++) {
      FakeChannel one = new FakeChannel();
      channels.add(one);
      channels.close(one);
    }

    assertThat(looks.get()).isLessThanOrEqualTo(3 * 1_000);
    assertThat(channels.size()).isLessThanOrEqualTo(4_001);
  }

  @Test
  void keepsAChannelUntilItHasEndedAndForgetsItThen() {
    List<FakeChannel> slow = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      FakeChannel one = new FakeChannel();
      one.slow = true;
      slow.add(one);
      channels.add(one);
      channels.close(one);
    }
    assertThat(channels.size()).isEqualTo(10);

    slow.forEach(channel -> channel.terminated = true);
    channels.add(new FakeChannel());

    assertThat(channels.size()).isEqualTo(1);
  }

  @Test
  void waitsAtTheEndForTheOpenOnesAndForThoseThatAreStillEnding() {
    FakeChannel open = new FakeChannel();
    FakeChannel ending = new FakeChannel();
    ending.slow = true;
    channels.add(open);
    channels.add(ending);
    channels.close(ending);

    channels.closeAll(Duration.ofSeconds(1));

    assertThat(open.awaited).isTrue();
    assertThat(open.isShutdown()).isTrue();
    assertThat(ending.awaited).isTrue();
  }

  @Test
  void keepsNothingTwiceThatIsClosedTwice() {
    FakeChannel twice = new FakeChannel();
    twice.slow = true;
    channels.add(twice);
    channels.close(twice);
    channels.close(twice);

    assertThat(channels.size()).isEqualTo(1);
  }

  private final class FakeChannel extends ManagedChannel {

    private boolean slow;
    private boolean shutdown;
    private boolean terminated;
    private boolean awaited;

    @Override
    public ManagedChannel shutdown() {
      return shutdownNow();
    }

    @Override
    public ManagedChannel shutdownNow() {
      shutdown = true;
      terminated |= !slow;
      return this;
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      looks.incrementAndGet();
      return terminated;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      awaited = true;
      return terminated;
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String authority() {
      return "fake";
    }
  }
}
