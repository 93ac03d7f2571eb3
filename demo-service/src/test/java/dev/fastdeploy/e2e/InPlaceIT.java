package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.service.DemoService;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys after which the same process runs the other release. */
@Timeout(180)
class InPlaceIT extends OnOneJdk {

  private Path image;

  @Test
  void moduleReplacesTheCodeAndKeepsTheProcess() throws Exception {
    Object pid = startDemo("module");
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease("c3"), "c3");

    DeployRun run = bed.deploy("c2");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.events())
        .containsSubsequence("accepted", "staged", "activated", "draining", "reloading", "outcome");
    assertThat(bed.servedCommit()).isEqualTo("c2");
    assertThat(bed.deploy("c3").exitCode()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c3");
    Map<String, Object> status = bed.status();
    assertThat(status)
        .containsEntry("running", "c3")
        .containsEntry("proven", "c3")
        .containsEntry("pid", pid)
        .containsEntry("strategies", List.of("module", "process"));
    Awaitility.await("old loaders are collected")
        .atMost(TestBed.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(bed.status().get("oldLoaders"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("collected", 2)
                    .containsEntry("leaked", 0));
    assertThat(bed.lastLauncher().output().stderr())
        .filteredOn(line -> line.contains("EXPERIMENTAL: the strategy 'module'"))
        .hasSize(1);
  }

  @Test
  void anOperatorGoesBackInTheSameProcess() throws Exception {
    Object pid = startDemo("module");
    bed.publish(bed.demoRelease("c2"), "c2");
    assertThat(bed.deploy("c2").exitCode()).isZero();

    CommandResult back = bed.run("rollback", "--target", bed.target(), "--json");

    assertThat(back.exitCode()).as(back.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(bed.status()).containsEntry("pid", pid).containsEntry("running", "c1");
  }

  @Test
  void aModuleThatExitsIsTakenBackInTheSameProcess() throws Exception {
    Object pid = startDemo("module");

    DeployRun run = deployFaulty(Fault.EXIT);

    assertThat(run.outcome("reason").toString())
        .contains("" + DemoService.FAULT_EXIT_CODE, "before it was ready");
    assertThat(run.outcome("lastLines").toString()).contains("is broken on purpose");
    assertThat(bed.status()).containsEntry("pid", pid).containsEntry("running", "c1");
  }

  @Test
  void aModuleThatHangsIsTakenBackInTheSameProcess() throws Exception {
    image = bed.demoRelease("c1");
    bed.startServing(
        bed.demoLauncher(image, "c1")
            .option("--strategies", "module")
            .option("--ready-timeout", "4s"),
        "c1");
    Object pid = bed.servicePid();

    DeployRun run = deployFaulty(Fault.HANG);

    assertThat(run.outcome("reason").toString()).contains("it was not ready after 4000 ms");
    assertThat(bed.status()).containsEntry("pid", pid).containsEntry("running", "c1");
  }

  @Test
  void whereTheWayBackFailsTheLauncherStartsWhatCanBeStarted() throws Exception {
    Object pid = startDemo("module");
    bed.publish(bed.demoRelease("c2"), "c2");
    assertThat(bed.deploy("c2").exitCode()).isZero();
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.EXIT, 1000)), "bad");
    damage("c2");

    DeployRun run = bed.deploy("bad");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).isEqualTo("ROLLED_BACK");
    bed.awaitServing("c1", bed.lastLauncher());
    Map<String, Object> status = bed.status();
    assertThat(status).containsEntry("running", "c1").doesNotContainEntry("pid", pid);
    assertThat(((Map<?, ?>) status.get("refused")).keySet().toString()).isEqualTo("[bad]");
    assertThat(bed.lastLauncher().output().stderr())
        .anyMatch(line -> line.contains("c2 did not come up again in this process, which ends"));
  }

  @Test
  void theLauncherGoesBackWhenTheProcessDiesOnProbation() throws Exception {
    Object pid = startDemo("module");
    Path hangs = bed.demoRelease(new ServiceRelease("bad", Fault.HANG, 0));
    bed.publish(hangs, "bad");
    Thread killer =
        new Thread(
            () -> {
              Awaitility.await("probation")
                  .atMost(TestBed.PATIENCE)
                  .until(
                      () ->
                          bed.lastLauncher().output().stderr().stream()
                              .anyMatch(line -> line.contains("never listens")));
              ProcessHandle.of(((Number) pid).longValue())
                  .ifPresent(ProcessHandle::destroyForcibly);
            });
    killer.start();

    DeployRun run = bed.deploy("bad");
    killer.join();

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).isEqualTo("ROLLED_BACK");
    assertThat(run.outcome("reason").toString()).contains("137");
    bed.awaitServing("c1", bed.lastLauncher());
    assertThat(bed.status()).containsEntry("running", "c1").doesNotContainEntry("pid", pid);
  }

  @Test
  void redefineReplacesABodyAndKeepsClassesAndProcess() throws Exception {
    Object pid = startDemo("redefine");
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease("c3"), "c3");

    DeployRun run = bed.deploy("c2");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.events()).doesNotContain("draining");
    assertThat(bed.servedCommit()).isEqualTo("c2");
    assertThat(bed.deploy("c3").exitCode()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c3");
    assertThat(bed.status()).containsEntry("pid", pid).containsEntry("running", "c3");

    CommandResult back = bed.run("rollback", "--target", bed.target(), "--json");
    assertThat(back.exitCode()).as(back.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c2");
  }

  @Test
  void redefineRefusesMoreThanABodyAndSaysWhat() throws Exception {
    Object pid = startDemo("redefine");
    bed.publish(bed.demoRelease(new ServiceRelease("c2", Fault.LATE, 10)), "c2");

    DeployRun run = bed.deploy("c2");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.outcome("result")).isEqualTo("FAILED");
    assertThat(run.outcome("reason").toString()).contains("redefine", ServiceRelease.RESOURCE);
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(bed.status()).containsEntry("pid", pid).containsEntry("proven", "c1");
  }

  @Test
  void autoTakesTheFirstThatCan() throws Exception {
    Object pid = startDemo("process,redefine");
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease(new ServiceRelease("c3", Fault.LATE, 10)), "c3");

    DeployRun bodies = bed.deploy("c2", "--strategy", "auto");
    assertThat(bodies.exitCode()).as(bodies.toString()).isZero();
    assertThat(bodies.toString()).contains("\"strategy\":\"redefine\"");
    assertThat(bed.status()).containsEntry("pid", pid);

    DeployRun more = bed.deploy("c3", "--strategy", "auto");
    assertThat(more.exitCode()).as(more.toString()).isZero();
    assertThat(more.toString()).contains("\"strategy\":\"process\"", ServiceRelease.RESOURCE);
    assertThat(bed.status()).doesNotContainEntry("pid", pid).containsEntry("running", "c3");
  }

  @Test
  void theStrategiesOfOneInstanceFollowEachOther() throws Exception {
    Object pid = startDemo("process,module,redefine");
    for (String commit : List.of("c2", "c3", "c4", "c5")) {
      bed.publish(bed.demoRelease(commit), commit);
    }

    deployBy("module", "c2");
    // The classes of c1 may be in memory still: they are not what is redefined.
    deployBy("redefine", "c3");
    deployBy("module", "c4");
    deployBy("module", "c2");
    deployBy("module", "c4");
    assertThat(bed.status()).containsEntry("pid", pid).containsEntry("proven", "c4");

    deployBy("process", "c5");
    assertThat(bed.status()).doesNotContainEntry("pid", pid).containsEntry("proven", "c5");
  }

  private void deployBy(String strategy, String commit) throws Exception {
    DeployRun run = bed.deploy(commit, "--strategy", strategy);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo(commit);
  }

  @Test
  void aCrashAfterAReloadInPlaceComesBackWithWhatWasProven() throws Exception {
    startDemo("module");
    bed.publish(bed.demoRelease("c2"), "c2");
    assertThat(bed.deploy("c2").exitCode()).isZero();
    LauncherProcess launcher = bed.lastLauncher();
    launcher.descendants().forEach(ProcessHandle::destroyForcibly);
    Awaitility.await("the launcher passes it on")
        .atMost(TestBed.PATIENCE)
        .until(() -> !launcher.alive());

    bed.startServing(bed.demoLauncher(image, "c1"), "c2");
  }

  @Test
  void withoutALauncherAServiceIsReloadedWhereThatWasConfigured() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    image = bed.demoRelease("c1");
    try (ChildProcess service = startWithoutLauncher(image)) {
      bed.awaitEndpoint();
      Object pid = bed.status().get("pid");

      DeployRun run = bed.deploy("c2");

      assertThat(run.exitCode()).as(run + " " + service.output().last(20)).isZero();
      assertThat(bed.servedCommit()).isEqualTo("c2");
      assertThat(bed.status())
          .containsEntry("pid", pid)
          .containsEntry("strategies", List.of("module"));
    }
    // As a platform would after a crash of the container.
    try (ChildProcess again = startWithoutLauncher(image)) {
      Awaitility.await("c2, " + again.output().last(20))
          .atMost(TestBed.PATIENCE)
          .until(() -> bed.servedCommit().equals("c2"));
    }
  }

  @Test
  void withoutALauncherAProcessThatCannotGoBackEndsWithOne() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.EXIT, 1000)), "bad");
    image = bed.demoRelease("c1");
    try (ChildProcess service = startWithoutLauncher(image)) {
      bed.awaitEndpoint();
      assertThat(bed.deploy("c2").exitCode()).isZero();
      damage("c2");

      // It waits for the instance to come back, which is the platform's business.
      try (ChildProcess deploy = bed.startDeploy("bad")) {
        assertThat(service.waitFor(TestBed.PATIENCE))
            .as(deploy.output().last(5).toString())
            .isEqualTo(OptionalInt.of(1));
      }
    }
  }

  /** What is proven cannot be opened any more once its own class loader has been closed. */
  private void damage(String commit) throws IOException {
    Path jar = bed.ownHome().resolve("releases").resolve(commit).resolve(ReleaseBuilder.JAR);
    Files.delete(jar);
    Files.writeString(jar, "no jar");
  }

  /** What docs/strategies.md tells to put into a container that has no launcher. */
  private ChildProcess startWithoutLauncher(Path image) throws IOException {
    String java = jdk.java().toString();
    String jar = BuildOutput.own().fastdeployJar().toString();
    String agent =
        "reload.fallback=module,app=shop,soak=300ms,ready=http:"
            + bed.port()
            + "/health,store="
            + bed.store();
    String script =
        "lines=$('%s' -jar '%s' current --home '%s' --release '%s' --commit c1) || exit 1\n"
                .formatted(java, jar, bed.home(), image)
            + "eval \"$lines\"\n"
            + "exec '%s' -javaagent:'%s'=%s -cp %s %s --port %d"
                .formatted(
                    java, jar, agent, ReleaseBuilder.JAR, ReleaseBuilder.MAIN_CLASS, bed.port());
    return ChildProcess.start(List.of("sh", "-ec", script), Map.of(), folder);
  }

  private Object startDemo(String strategies) throws Exception {
    image = bed.demoRelease("c1");
    bed.startServing(bed.demoLauncher(image, "c1").option("--strategies", strategies), "c1");
    return bed.servicePid();
  }

  private DeployRun deployFaulty(Fault fault) throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("bad", fault, 0)), "bad");
    DeployRun run = bed.deploy("bad");
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).isEqualTo("ROLLED_BACK");
    bed.awaitServing("c1", bed.lastLauncher());
    return run;
  }
}
