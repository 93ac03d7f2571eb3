package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isTheSha256OfAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("abc"), "abc");
    assertThat(Checksum.of(file)).hasToString(OF_ABC);
  }

  @Test
  void isWrittenAsSha256sumDoes() throws Exception {
    byte[] file = new Checksum(OF_ABC).file("a.tar.gz");
    assertThat(new String(file, StandardCharsets.UTF_8)).isEqualTo(OF_ABC + "  a.tar.gz\n");
    assertThat(Checksum.parse(file, "x")).isEqualTo(new Checksum(OF_ABC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s\n", "%s *a.tar.gz\n", "\\%s  a\\nb\n", "%S  a\r\n"})
  void isReadAsToolsWriteIt(String form) throws Exception {
    byte[] file = String.format(form, OF_ABC).getBytes(StandardCharsets.UTF_8);
    assertThat(Checksum.parse(file, "x")).isEqualTo(new Checksum(OF_ABC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "<html>", "d41d8cd98f00b204e9800998ecf8427e  a.tar.gz"})
  void refusesOtherFiles(String content) {
    assertThatThrownBy(
            () -> Checksum.parse(content.getBytes(StandardCharsets.UTF_8), "'a.tar.gz.sha256'"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("'a.tar.gz.sha256' does not begin with a SHA-256");
  }
}
