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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
          .contains("fault.properties", "dev/fastdeploy/demo/service/DemoService.class")
          .allMatch(
              name ->
                  name.equals("fault.properties")
                      || name.matches("dev/fastdeploy/demo/service/[A-Za-z$_-]+\\.class"));
      String resource =
          new String(
              jar.getInputStream(jar.getEntry("fault.properties")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(resource).isEqualTo("broken=late\nbroken.after.ms=40\n");
    }
  }

  @Test
  void theSameCommitGivesTheSameBytes() throws Exception {
    assertThat(jar("a", "c1")).isEqualTo(jar("b", "c1"));
    assertThat(jar("c", "c2")).isNotEqualTo(jar("a2", "c1"));
  }

  @Test
  void twoCommitsDifferInTheMethodThatTellsThem() throws Exception {
    Map<String, byte[]> first = entries("d", "c1");
    Map<String, byte[]> second = entries("e", "another-commit");

    assertThat(first.keySet()).isEqualTo(second.keySet());
    assertThat(first.keySet().stream().filter(n -> !Arrays.equals(first.get(n), second.get(n))))
        .containsExactly("dev/fastdeploy/demo/service/Revision.class");
  }

  @Test
  void aClassWithoutTheTextIsRefused() throws Exception {
    byte[] classFile =
        Objects.requireNonNull(
            entries("f", "c1").get("dev/fastdeploy/demo/service/Revision.class"));

    assertThatThrownBy(() -> RevisionClass.with(classFile, "c2", "c3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'c2' 0 times");
  }

  @Test
  void aReleaseIsNeverOverwritten() throws Exception {
    ReleaseBuilder builder = new ReleaseBuilder(directory);
    builder.build("c1");

    assertThatThrownBy(() -> builder.build("c1")).isInstanceOf(FileAlreadyExistsException.class);
  }

  private Map<String, byte[]> entries(String place, String commit) throws IOException {
    Path release = new ReleaseBuilder(directory.resolve(place)).build(commit);
    Map<String, byte[]> entries = new TreeMap<>();
    try (JarFile jar = new JarFile(release.resolve(ReleaseBuilder.JAR).toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  private byte[] jar(String place, String commit) throws IOException {
    Path release = new ReleaseBuilder(directory.resolve(place)).build(commit);
    return Files.readAllBytes(release.resolve(ReleaseBuilder.JAR));
  }
}
