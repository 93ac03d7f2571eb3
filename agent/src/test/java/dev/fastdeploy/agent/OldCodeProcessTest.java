package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.AgentProcessTest.Java;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.agent.testing.ServiceFixture;
import dev.fastdeploy.agent.testing.TestJar;
import dev.fastdeploy.agent.testing.TestService;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever way the path to another release's code came, the agent tells the launcher of it. */
class OldCodeProcessTest {

  private static final Duration LONG = Duration.ofSeconds(40);
  private static final String MAIN = TestService.class.getName();

  /** Without a token it may not listen, and so need not load what it takes for that. */
  private static final String NO_ENDPOINT = "ready.after=1ms,control.listen=127.0.0.1:0";

  /** How an old path gets into a command. The fixture's other release lies at {@code ../bbb}. */
  private record Way(Map<String, String> environment, List<String> words) {
    Way(String... words) {
      this(Map.of(), List.of(words));
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way("-cp", "../bbb/app.jar", MAIN),
          new Way("@java.args", MAIN),
          new Way(Map.of("CLASSPATH", "../bbb/app.jar"), List.of(MAIN)),
          new Way(Map.of("JDK_JAVA_OPTIONS", "-cp ../bbb/app.jar"), List.of(MAIN)),
          new Way("-cp", "linked/app.jar", MAIN),
          new Way("-cp", "linked/*", MAIN),
          new Way("-jar", "start.jar"),
          new Way("-p", "../bbb", "-m", "app/" + MAIN),
          new Way("-p", "own", "--patch-module", "app=../bbb/app.jar", "-m", "app/" + MAIN));

  private @TempDir Path root;
  private ServiceFixture service;

  @BeforeEach
  void twoReleases() throws Exception {
    service = new ServiceFixture(root);
    Path own = release(ServiceFixture.RUNNING);
    Path other = release(ServiceFixture.NEXT);
    jar().write(other.resolve("app.jar"));
    jar().write(own.resolve("own/app.jar"));
    new TestJar()
        .attribute("Main-Class", MAIN)
        .attribute("Class-Path", "../bbb/app.jar")
        .write(own.resolve("start.jar"));
    Files.writeString(own.resolve("java.args"), "-cp ../bbb/app.jar\n");
    Files.createSymbolicLink(own.resolve("linked"), Path.of("../bbb"));
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void anOldPathIsToldWhateverWayItCame(Java java) throws Exception {
    for (Way way : WAYS) {
      assertThat(classes(java, way.environment, way.words).stale())
          .as("%s", way)
          .startsWith("the main class comes from another release: " + MAIN + " from '")
          .contains("{release}");
    }
  }

  /** It is code that would stay what it was, as the application's own would. */
  @ParameterizedTest
  @EnumSource(Java.class)
  void anotherReleasesAgentIsToldAndOneFromElsewhereIsNot(Java java) throws Exception {
    Path agent =
        new TestJar()
            .attribute("Premain-Class", OtherAgent.class.getName())
            .type(OtherAgent.class)
            .write(root.resolve("shared/agent.jar"));
    assertThat(classes(java, Map.of(), withAgent(agent.toString())))
        .isEqualTo(new ChannelMessage.Classes("", ""));

    Files.copy(agent, release(ServiceFixture.NEXT).resolve("agent.jar"));
    assertThat(classes(java, Map.of(), withAgent("../bbb/agent.jar")).stale())
        .startsWith("1 class comes from another release: " + OtherAgent.class.getName())
        .contains("{release}");

    Files.copy(agent, release(ServiceFixture.RUNNING).resolve("agent.jar"));
    assertThat(classes(java, Map.of(), withAgent("agent.jar")))
        .isEqualTo(new ChannelMessage.Classes("", ""));
  }

  private static List<String> withAgent(String jar) {
    return List.of("-javaagent:" + jar, "-cp", "own/app.jar", MAIN);
  }

  private ChannelMessage.Classes classes(
      Java java, Map<String, String> environment, List<String> words) throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(service.channel(), message -> null);
        Jvm jvm = service.startAs(java.home(), NO_ENDPOINT, environment, words)) {
      await(String.join(" ", words))
          .atMost(LONG)
          .failFast("the service ended", () -> !jvm.alive())
          .until(
              () -> jvm.out().contains("started") && launcher.received(ChannelMessage.Ready.class));

      launcher.send(new ChannelMessage.AskClasses());

      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Classes.class));
      return launcher.received().stream()
          .filter(ChannelMessage.Classes.class::isInstance)
          .map(ChannelMessage.Classes.class::cast)
          .findFirst()
          .orElseThrow();
    } finally {
      Files.deleteIfExists(service.channel());
    }
  }

  /** What a service may be watched with. */
  public static final class OtherAgent {
    private OtherAgent() {}

    /** Does nothing. */
    public static void premain(String arguments) {}
  }

  private Path release(Commit commit) throws IOException {
    return service.home().release(commit).orElseThrow().directory();
  }

  private static TestJar jar() {
    return new TestJar().types(List.of(TestService.class, TestService.OwnLogManager.class));
  }
}
