package dev.fastdeploy.demo.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseBuilderTest {

  @TempDir Path directory;

  @Test
  void aReleaseHoldsTheServiceAndItsCommitAndNothingElse() throws Exception {
    Path release = new ReleaseBuilder(directory).build(new ServiceRelease("c1", Fault.LATE, 40));

    assertThat(release).isEqualTo(directory.resolve("c1"));
    try (JarFile jar = new JarFile(release.resolve(ReleaseBuilder.JAR).toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("commit.properties", "dev/fastdeploy/demo/service/DemoService.class")
          .allMatch(
              name ->
                  name.equals("commit.properties")
                      || name.matches("dev/fastdeploy/demo/service/[A-Za-z$_-]+\\.class"));
      String resource =
          new String(
              jar.getInputStream(jar.getEntry("commit.properties")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(resource).isEqualTo("commit=c1\nbroken=late\nbroken.after.ms=40\n");
    }
  }

  @Test
  void theSameCommitGivesTheSameBytes() throws Exception {
    assertThat(jar("a", "c1")).isEqualTo(jar("b", "c1"));
    assertThat(jar("c", "c2")).isNotEqualTo(jar("a2", "c1"));
  }

  @Test
  void aReleaseIsNeverOverwritten() throws Exception {
    ReleaseBuilder builder = new ReleaseBuilder(directory);
    builder.build("c1");

    assertThatThrownBy(() -> builder.build("c1")).isInstanceOf(FileAlreadyExistsException.class);
  }

  private byte[] jar(String place, String commit) throws IOException {
    Path release = new ReleaseBuilder(directory.resolve(place)).build(commit);
    return Files.readAllBytes(release.resolve(ReleaseBuilder.JAR));
  }
}
