package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    HomeState state =
        new HomeState(
            new Commit("img"),
            List.of(new Commit("p1"), new Commit("p2")),
            new PendingActivation(
                new DeployId("d2"),
                17,
                new Commit("p1"),
                new Commit("x"),
                "process",
                true,
                Map.of(Phase.ACCEPTED, 5L, Phase.STAGED, 6L)),
            Map.of(new Commit("bad"), "it ended with code 3"),
            List.of(
                new DeployOutcome(
                    new DeployId("d1"),
                    16,
                    new Commit("bad"),
                    null,
                    DeployResult.ROLLED_BACK,
                    "reason",
                    3,
                    List.of(
                        "", " leading", "tab\t", "back\\slash", "a=b:c#!", "ünïcode ☃", "\u0001"),
                    Map.of(Phase.RESTORED, 9L))),
            17,
            Map.of(
                new Commit("p1"),
                "0123456789abcdef".repeat(4),
                new Commit("a.b_c-d"),
                "f".repeat(64)),
            new Fence("shop", new EnvironmentName("prod"), 12, 17),
            "an image is rolled out");

    assertThat(StateFile.read(StateFile.write(state))).isEqualTo(state);
  }

  @Test
  void anEmptyStateIsReadAgain() throws IOException {
    assertThat(StateFile.read(StateFile.write(HomeState.EMPTY))).isEqualTo(HomeState.EMPTY);
  }

  @Test
  void aStateOfAnEarlierVersionHasNoFence() throws IOException {
    byte[] written = "version=1\nsequence=5\n".getBytes(StandardCharsets.UTF_8);

    assertThat(StateFile.read(written)).isEqualTo(HomeState.EMPTY.withSequence(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "version=2\nsequence=0\n",
        "version=1\n",
        "version=1\nsequence=x\n",
        "version=1\nsequence=1\nimage=../x\n",
        "version=1\nsequence=1\ndigest.c=0123\n",
        "version=1\nsequence=1\ndigest.../x=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
        "version=1\nsequence=1\npending.id=d\n",
        "version=1\nsequence=1\nfence.epoch=7\n",
        "version=1\nsequence=1\nfence.app=a\nfence.environment=e\nfence.epoch=0\nfence.sequence=0\n",
        "version=1\nsequence=1\nfence.app=a\nfence.environment=../e\nfence.epoch=1\nfence.sequence=0\n",
        "version=1\nsequence=1\nimage=\\uZZZZ\n"
      })
  void whatIsNoStateIsRefused(String text) {
    assertThatThrownBy(() -> StateFile.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
