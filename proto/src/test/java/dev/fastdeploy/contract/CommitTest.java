package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "4f2a91c", "v1.2.3-rc_4"})
  void acceptsNames(String id) {
    assertThat(new Commit(id).id()).isEqualTo(id);
  }

  @Test
  void acceptsTheLongestName() {
    assertThat(new Commit("a".repeat(128)).id()).hasSize(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-x", "_x", "a/b", "a b", "a\nb", "ä", "../../etc"})
  void refusesWhatCouldBeAPathOrAnOption(String id) {
    assertThatThrownBy(() -> new Commit(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a commit")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAnOverlongNameWithoutRepeatingAllOfIt() {
    assertThatThrownBy(() -> new Commit("a".repeat(100_000)))
        .hasMessageContaining("…")
        .message()
        .hasSizeLessThan(400);
  }
}
