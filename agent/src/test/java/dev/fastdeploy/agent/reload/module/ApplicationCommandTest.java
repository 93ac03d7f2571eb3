package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.testing.TestJar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class path of a command, mapped onto one release and then another. */
class ApplicationCommandTest {

  private @TempDir Path temporary;
  private Path root;
  private Path running;
  private Path next;
  private Path ownJar;

  @BeforeEach
  void setUp() throws Exception {
    root = temporary.toRealPath();
    running = Files.createDirectories(root.resolve("home/releases/aaa"));
    next = Files.createDirectories(root.resolve("home/releases/bbb"));
    ownJar = jar(root.resolve("fastdeploy.jar"));
    Files.createSymbolicLink(root.resolve("home/current"), Path.of("releases/aaa"));
  }

  @Test
  void relativeEntriesAreEachReleasesOwn() throws Exception {
    both("app.jar", "lib/a.jar");
    ApplicationCommand command =
        read("Main x", List.of("app.jar", "lib/a.jar"), "app.jar:lib/a.jar");
    assertThat(command.mainClass(running)).isEqualTo("Main");
    assertThat(roots(command, next))
        .containsExactly(next.resolve("app.jar"), next.resolve("lib/a.jar"));
  }

  @Test
  void absoluteEntriesInTheReleaseAreToo() throws Exception {
    both("app.jar");
    String throughTheLink = root.resolve("home/current/app.jar").toString();
    String direct = running.resolve("app.jar").toString();
    for (String entry : List.of(throughTheLink, direct)) {
      assertThat(roots(read("Main", List.of(entry), entry), next))
          .containsExactly(next.resolve("app.jar"));
    }
  }

  @Test
  void otherEntriesStayWhereTheyAre() throws Exception {
    both("app.jar");
    Path shared = jar(root.resolve("shared/s.jar"));
    String entries = "app.jar:" + shared;
    assertThat(roots(read("Main", List.of("app.jar", shared.toString()), entries), next))
        .containsExactly(next.resolve("app.jar"), shared);
  }

  @Test
  void theAgentsJarsAreLeftOut() throws Exception {
    both("app.jar");
    Path other = jar(root.resolve("other-agent.jar"));
    JavaCommand command =
        JavaCommand.of(
            List.of("-javaagent:" + ownJar, "-javaagent:" + other + "=x", "-cp", "app.jar", "Main"),
            Map.of(),
            running);
    ApplicationCommand read =
        read("Main", List.of("app.jar", ownJar.toString(), other.toString()), command);
    assertThat(roots(read, running)).containsExactly(running.resolve("app.jar"));
  }

  @Test
  void aWildcardIsExpandedAnewForEachRelease() throws Exception {
    jar(running.resolve("lib/a.jar"));
    jar(next.resolve("lib/c.jar"));
    jar(next.resolve("lib/b.JAR"));
    Files.createFile(next.resolve("lib/readme.txt"));
    ApplicationCommand command = read("Main", List.of("lib/a.jar"), "lib/*");
    assertThat(roots(command, next))
        .containsExactly(next.resolve("lib/b.JAR"), next.resolve("lib/c.jar"));
  }

  @Test
  void jarsThatAreNamedOneByOneAreNoWildcard() throws Exception {
    both("lib/a.jar");
    jar(next.resolve("lib/b.jar"));
    ApplicationCommand command = read("Main", List.of("lib/a.jar"), "lib/a.jar");
    assertThat(roots(command, next)).containsExactly(next.resolve("lib/a.jar"));
  }

  @Test
  void withoutTheCommandAWholeDirectoryCountsAsAWildcard() throws Exception {
    both("app/x.jar", "lib/a.jar", "lib/b.jar", "part/p.jar", "part/q.jar");
    jar(next.resolve("lib/c.jar"));
    ApplicationCommand command =
        read("Main", List.of("lib/b.jar", "part/p.jar", "lib/a.jar"), "something/else");
    assertThat(roots(command, next))
        .containsExactly(
            next.resolve("lib/a.jar"),
            next.resolve("lib/b.jar"),
            next.resolve("lib/c.jar"),
            next.resolve("part/p.jar"));
  }

  @Test
  void theFirstGenerationHasTheOrderOfTheJvm() throws Exception {
    both("lib/a.jar", "lib/b.jar");
    ApplicationCommand command = read("Main", List.of("lib/b.jar", "lib/a.jar"), "lib/*");
    assertThat(ClassPathRoots.of(command.expanded(), running))
        .containsExactly(running.resolve("lib/b.jar"), running.resolve("lib/a.jar"));
  }

  @Test
  void manifestsAreFollowedInDepthAndOnce() throws Exception {
    new TestJar()
        .attribute("Main-Class", "Main")
        .attribute("Class-Path", "lib/a.jar lib/x%20y.jar missing.jar http://host/z.jar conf/")
        .write(running.resolve("app.jar"));
    new TestJar().attribute("Class-Path", "b.jar ../app.jar").write(running.resolve("lib/a.jar"));
    jar(running.resolve("lib/b.jar"));
    jar(running.resolve("lib/x y.jar"));
    Files.createDirectory(running.resolve("conf"));
    ApplicationCommand command = read("app.jar x y", List.of("app.jar"), "");
    assertThat(command.mainClass(running)).isEqualTo("Main");
    assertThat(roots(command, running))
        .containsExactly(
            running.resolve("app.jar"),
            running.resolve("lib/a.jar"),
            running.resolve("lib/b.jar"),
            running.resolve("lib/x y.jar"),
            running.resolve("conf"));
  }

  @Test
  void theDirectoryOfTheReleaseItselfMayBeAnEntry() throws Exception {
    assertThat(roots(read("Main", List.of("."), "."), next)).containsExactly(next);
  }

  @Test
  void aNextJarMayHaveAnotherMainClass() throws Exception {
    new TestJar().attribute("Main-Class", "Old").write(running.resolve("app.jar"));
    new TestJar().attribute("Main-Class", "New").write(next.resolve("app.jar"));
    ApplicationCommand command = read("app.jar", List.of("app.jar"), "");
    command.compare(running, next);
    assertThat(command.mainClass(next)).isEqualTo("New");
  }

  @Test
  void refusesANextJarOfSpringBootsKind() throws Exception {
    new TestJar().attribute("Main-Class", "Old").write(running.resolve("app.jar"));
    new TestJar()
        .attribute("Main-Class", "org.springframework.boot.loader.launch.JarLauncher")
        .write(next.resolve("app.jar"));
    ApplicationCommand command = read("app.jar", List.of("app.jar"), "");
    assertThatThrownBy(() -> command.mainClass(next))
        .isInstanceOf(ReloadDeclinedException.class)
        .hasMessageContaining("-Djarmode=tools");
  }

  @Test
  void refusesAReleaseThatLacksAnEntry() throws Exception {
    jar(running.resolve("app.jar"));
    ApplicationCommand command = read("Main", List.of("app.jar"), "app.jar");
    assertThatThrownBy(() -> command.compare(running, next))
        .isInstanceOf(ReloadDeclinedException.class)
        .hasMessage("the release lacks 'app.jar', which the command names on its class path");
  }

  @Test
  void refusesWhatOnlyANewJvmObeys() throws Exception {
    new TestJar().attribute("Main-Class", "Main").write(running.resolve("app.jar"));
    new TestJar()
        .attribute("Main-Class", "Main")
        .attribute("Add-Opens", "java.base/java.lang")
        .write(next.resolve("app.jar"));
    ApplicationCommand command = read("app.jar", List.of("app.jar"), "");
    assertThatThrownBy(() -> command.compare(running, next))
        .isInstanceOf(ReloadDeclinedException.class)
        .hasMessageContaining("[Add-Opens: java.base/java.lang]")
        .hasMessageContaining("for nothing; use the strategy process");
  }

  @Test
  void refusesAChangedArgumentFile() throws Exception {
    both("app.jar");
    Files.writeString(running.resolve("jvm.args"), "-Xmx1g");
    Files.writeString(next.resolve("jvm.args"), "-Xmx2g");
    JavaCommand command =
        JavaCommand.of(List.of("@jvm.args", "-cp", "app.jar", "Main"), Map.of(), running);
    ApplicationCommand read = read("Main", List.of("app.jar"), command);
    assertThatThrownBy(() -> read.compare(running, next))
        .isInstanceOf(ReloadDeclinedException.class)
        .hasMessageStartingWith("'jvm.args' changed");
    Files.writeString(next.resolve("jvm.args"), "-Xmx1g");
    read.compare(running, next);
  }

  private void both(String... jars) throws Exception {
    for (String each : jars) {
      jar(running.resolve(each));
      jar(next.resolve(each));
    }
  }

  private static Path jar(Path file) throws Exception {
    return new TestJar().text("x", "y").write(file);
  }

  private static List<Path> roots(ApplicationCommand command, Path release) throws Exception {
    return ClassPathRoots.of(command.entries(), release);
  }

  private ApplicationCommand read(String line, List<String> classPath, String written)
      throws Exception {
    List<String> arguments =
        written.isEmpty() ? List.of("-jar", "app.jar") : List.of("-cp", written, "Main");
    return read(line, classPath, JavaCommand.of(arguments, Map.of(), running));
  }

  private ApplicationCommand read(String line, List<String> classPath, JavaCommand command)
      throws Exception {
    return ApplicationCommand.of(
        line,
        String.join(File.pathSeparator, classPath),
        command,
        new ReleaseFrame(running, running),
        ownJar,
        null);
  }
}
