package dev.fastdeploy.benchmarks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the demo service: the Spring service's release is there only once it was packaged. */
class ReleaseFactoryTest {

  @TempDir Path folder;

  private ReleasePair pair(Change change) throws IOException {
    return new ReleaseFactory(Artifacts.own(), folder).pair(ServiceKind.DEMO, change);
  }

  @Test
  void twoCommitsDifferInOneMethodsBody() throws Exception {
    assertThat(differences(pair(Change.BODY)))
        .containsExactly("app/demo-service.jar!dev/fastdeploy/demo/service/Revision.class");
  }

  @Test
  void eachKindDiffersWhereItSays() throws Exception {
    assertThat(differences(pair(Change.NEW_CLASS)))
        .containsExactlyInAnyOrder(
            "app/demo-service.jar!dev/fastdeploy/demo/service/Revision.class",
            "app/demo-service.jar!dev/fastdeploy/demo/service/Told.class");
    assertThat(differences(pair(Change.RESOURCE)))
        .containsExactly("app/demo-service.jar!dev/fastdeploy/demo/service/revision.txt");
    assertThat(differences(pair(Change.DEPENDENCY)))
        .containsExactly("lib/part.jar!dev/fastdeploy/part/Part.class");
    assertThat(differences(pair(Change.JVM_FLAG))).containsExactly("jvm.args");
  }

  @ParameterizedTest
  @EnumSource(value = Change.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM_FLAG")
  void eachCommitTellsItself(Change change) throws Exception {
    ReleasePair pair = pair(change);

    assertThat(told(pair.first())).isEqualTo(pair.first().commit().id());
    assertThat(told(pair.second())).isEqualTo(pair.second().commit().id());
    assertThat(pair.other(pair.first())).isEqualTo(pair.second());
    assertThat(pair.other(pair.second())).isEqualTo(pair.first());
  }

  private static String told(BuiltRelease release) throws Exception {
    URL[] urls = {
      release.directory().resolve(release.service().jar()).toUri().toURL(),
      release.directory().resolve(ServiceKind.PART_JAR).toUri().toURL()
    };
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      return Objects.toString(
          loader
              .loadClass("dev.fastdeploy.demo.service.Revision")
              .getMethod("commit")
              .invoke(null));
    }
  }

  /** Which files differ; those of jars are named behind a {@code !}. */
  private static Set<String> differences(ReleasePair pair) throws IOException {
    Map<String, byte[]> first = content(pair.first().directory());
    Map<String, byte[]> second = content(pair.second().directory());
    Set<String> names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    names.removeIf(
        name ->
            first.containsKey(name)
                && second.containsKey(name)
                && Arrays.equals(first.get(name), second.get(name)));
    return names;
  }

  private static Map<String, byte[]> content(Path directory) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (name.endsWith(".jar")) {
          WholeJars.read(file).forEach((entry, bytes) -> content.put(name + "!" + entry, bytes));
        } else {
          content.put(name, Files.readAllBytes(file));
        }
      }
    }
    return content;
  }

  @Test
  void aPairCanBeBuiltAgainElsewhere() throws Exception {
    pair(Change.BODY);
    DurableFiles.deleteTree(folder.resolve("demo-body-1"));
    DurableFiles.deleteTree(folder.resolve("demo-body-2"));

    assertThat(differences(pair(Change.BODY))).hasSize(1);
  }
}
