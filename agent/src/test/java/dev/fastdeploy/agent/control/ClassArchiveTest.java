package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  @TempDir Path folder;

  @Test
  void whatIsMappedIsUsed() throws Exception {
    Path file = Files.write(folder.resolve("jdk-ü.jsa"), new byte[4096]);
    assertThat(ClassArchive.ofThisProcess(file.toString()).noneBecause())
        .contains("did not take jdk-ü.jsa");

    try (FileChannel channel = FileChannel.open(file)) {
      Object mapped = channel.map(MapMode.READ_ONLY, 0, 4096);
      assertThat(ClassArchive.ofThisProcess(file.toString()))
          .isEqualTo(new ClassArchive("jdk-ü.jsa", ""));
      Objects.requireNonNull(mapped);
    }
  }

  @Test
  void aReasonIsTold() {
    assertThat(ClassArchive.ofThisProcess("the release has none"))
        .isEqualTo(new ClassArchive("", "the release has none"));
    assertThat(ClassArchive.ofThisProcess(null)).isEqualTo(ClassArchive.UNKNOWN);
  }
}
