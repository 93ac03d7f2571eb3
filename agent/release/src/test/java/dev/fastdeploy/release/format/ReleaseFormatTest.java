package dev.fastdeploy.release.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseFormatTest {

  @ParameterizedTest
  @CsvSource({
    "app.tar.gz, TAR_GZ",
    "/builds/app.tgz, TAR_GZ",
    "app-1.0.tar.zst, TAR_ZST",
    "app.tzst, TAR_ZST"
  })
  void theEndOfATarballsNameSaysItsFormat(String name, ReleaseFormat format) {
    assertThat(ReleaseFormat.ofTarball(name)).contains(format);
  }

  @Test
  void anotherFileHasNone() {
    assertThat(ReleaseFormat.ofTarball("app.tar")).isEmpty();
    assertThat(ReleaseFormat.ofTarball("app.tar.gz.sha256")).isEmpty();
    assertThat(ReleaseFormat.ofTarball("app.TAR.GZ")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatAUserReadsNamesEachFormat(ReleaseFormat format) {
    assertThat(ReleaseFormat.TARBALLS).contains(format.suffix());
    assertThat(ReleaseFormat.SHORT_NAMES.split("\\|"))
        .hasSameSizeAs(ReleaseFormat.values())
        .anyMatch(name -> ReleaseFormat.called(name).equals(Optional.of(format)));
  }

  @Test
  void nothingElseIsTheNameOfAFormat() {
    assertThat(List.of("", "GZ", "tar.gz", "zstd"))
        .allMatch(name -> ReleaseFormat.called(name).isEmpty());
  }
}
