package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.invocation.StartScript;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.output.ServicePipes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When it is said that a service runs without its agent. */
class AgentWatchTest {

  private static final long LATER = AgentWatch.PATIENCE.toNanos();

  @TempDir Path folder;
  private final AgentWatch watch = new AgentWatch(AgentWatch.PATIENCE);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private Consumer<String> speaker;

  @BeforeEach
  void listen() {
    speaker = Diagnostics.sayBy(said::add);
  }

  @AfterEach
  void stopListening() {
    Diagnostics.sayBy(speaker);
  }

  @Test
  void aCommandThatNamesJavaAndDoesNotGetTheAgentIsTold() {
    assertThat(told("nice", "java", "-jar", "app.jar")).contains("not java but 'nice'");
    assertThat(told("env", "A=b", "/opt/jdk/bin/java", "Main"))
        .contains("'env'", "--agent-via env");
    assertThat(told("sh", "-c", "exec java -jar x")).contains("'sh'", "--no-agent");
    assertThat(told("bin/catalina.sh", "run")).isNotEmpty();
  }

  @Test
  void ofOtherCommandsNothingIsSaid() {
    assertThat(told("java", "-jar", "app.jar")).isEmpty();
    assertThat(told("/opt/jdk/bin/java", "Main")).isEmpty();
    assertThat(told("node", "service.js", "--javascript")).isEmpty();
    List<String> words = List.of("nice", "java");
    assertThat(AgentWatch.visible(new ServiceCommand(words, false, folder), words, false, folder))
        .isEmpty();
  }

  @Test
  void aStartScriptOfAnyNameIsTold() throws Exception {
    script("start", "#!/bin/sh");
    script("spaced", "#! /usr/bin/env -S bash -e");
    script("single-file", "#!/opt/jdk/bin/java --source 17");
    script("serve", "#!/usr/bin/env python3");
    script("data", "/bin/sh");

    for (String command : List.of("./start", "{release}/start", folder + "/start", "./spaced")) {
      assertThat(told(command, "1")).as(command).contains("not java but '" + command);
    }
    assertThat(told("./single-file")).isNotEmpty();
    assertThat(told("tini", "--", "./start")).isNotEmpty();
    assertThat(told("sh", "start")).isNotEmpty();
    assertThat(told("./serve")).isEmpty();
    assertThat(told("./data")).isEmpty();
    assertThat(told("./missing", folder.toString())).isEmpty();
  }

  @Test
  void aProgramIsLookedForOnThePath() throws Exception {
    Path found = script("start", "#!/bin/dash\n");

    assertThat(StartScript.isIn(List.of("start"), Path.of("/"), name -> Optional.of(found)))
        .isTrue();
    assertThat(StartScript.isIn(List.of("start"), Path.of("/"), name -> Optional.empty()))
        .isFalse();
    assertThat(told("start")).as("the release is not on the path").isEmpty();
  }

  private Path script(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private String told(String... words) {
    List<String> all = List.of(words);
    ServiceCommand command = new ServiceCommand(all, true, Path.of("/f.jar"));
    Optional<String> line = AgentWatch.visible(command, all, true, folder);
    return line.orElse("");
  }

  @Test
  void anAgentThatIsNotHeardOfInTimeIsSaidOnce() throws Exception {
    Child child = start(true);
    watch.started(child, 0);

    assertThat(watch.left(1)).isEqualTo(LATER - 1);
    assertThat(watch.say(LATER - 1)).isFalse();
    assertThat(watch.say(LATER)).isTrue();
    assertThat(watch.say(LATER + 1)).isFalse();

    assertThat(said)
        .singleElement()
        .asString()
        .contains("no agent of the service has reported", "--agent-via");
    assertThat(watch.left(LATER + 1)).isEqualTo(Long.MAX_VALUE);
    end(child);
  }

  @Test
  void aServiceThatHasNoneOrHasEndedIsNotWaitedFor() throws Exception {
    Child without = start(false);
    watch.started(without, 0);
    assertThat(watch.left(1)).isEqualTo(Long.MAX_VALUE);
    end(without);
    Child ended = start(true);
    end(ended);
    watch.started(ended, 0);
    ended.exited(0);
    assertThat(watch.say(LATER)).isFalse();
    assertThat(watch.left(LATER)).as("the supervisor may sleep").isEqualTo(Long.MAX_VALUE);
    Child stopping = start(true);
    watch.started(stopping, 0);
    stopping.stopping();
    assertThat(watch.left(LATER)).as("the supervisor may sleep").isEqualTo(Long.MAX_VALUE);
    end(stopping);
    assertThat(said).isEmpty();
  }

  private Child start(boolean agent) throws IOException {
    return Child.start(
        new Release(new Commit("c1"), folder),
        List.of("sleep", "60"),
        agent,
        Map.of(),
        ServicePipes.create(),
        new Logs(LogFormat.TEXT, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()),
        null,
        event -> {});
  }

  private static void end(Child child) throws InterruptedException {
    child.process().destroyForcibly().waitFor();
  }
}
