package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsStandBelowEachOther() {
    TextTable table = new TextTable();
    table.add(List.of("instance", "result", "staged"));
    table.add(List.of("a", "PROVEN", "7"));

    assertThat(table.lines())
        .containsExactly("instance  result  staged", "a         PROVEN       7");
    assertThatThrownBy(() -> table.add(List.of("one")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
