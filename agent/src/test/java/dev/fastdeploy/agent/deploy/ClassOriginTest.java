package dev.fastdeploy.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassOriginTest {

  @Test
  void theRemedyIsAnotherWhereTheWorkingDirectoryStays() {
    ClassOrigin old = new ClassOrigin(9, 1, "", List.of(), "1 classes come from c1", false, "");

    assertThat(old.staleBecause())
        .isEqualTo("1 classes come from c1; let the command use relative paths or {release}");
    assertThat(old.staleInPlaceBecause())
        .startsWith("1 classes come from c1; a reload in place keeps the working directory")
        .contains("{release}", "'process'")
        .doesNotContain("use relative paths");
    assertThat(new ClassOrigin(9, 1, "", List.of(), "", false, "").staleInPlaceBecause()).isEmpty();
  }
}
