package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform and a load balancer see of an instance. */
@Timeout(180)
class HealthIT extends OnOneJdk {

  private static final Duration PRE_DRAIN = Duration.ofMillis(1500);

  private int health;

  @BeforeEach
  void choosePort() throws IOException {
    health = FreePorts.one();
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "module"})
  void aLoadBalancerTurnsAwayBeforeTheServiceEndsItsWork(String strategy) throws Exception {
    start(demo().option("--strategies", strategy));
    bed.publish(bed.demoRelease("c2"), "c2");
    LoadBalancer balancer = LoadBalancer.start(health, bed.port());
    try (balancer) {
      awaitStatus("/ready", HttpURLConnection.HTTP_OK);

      DeployRun run = bed.deploy("c2");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.events())
          .containsSubsequence(
              "accepted", "staged", "preDraining", "activated", "draining", "outcome");
      awaitStatus("/ready", HttpURLConnection.HTTP_OK);
      assertThat(bed.servedCommit()).isEqualTo("c2");
    }

    assertThat(balancer.sent()).isNotEmpty().allMatch(LoadBalancer.Answer::good);
    assertThat(balancer.live()).isNotEmpty().allMatch(LoadBalancer.Answer::good);
    assertThat(balancer.ready()).anyMatch(answer -> answer.body().contains("--pre-drain"));
    assertThat(lastOf(balancer.served(), "c1"))
        .as("the service goes on serving")
        .isGreaterThan(firstBad(balancer.ready()));
    assertThat(seconds("fastdeploy_last_reload_phase_seconds{phase=\"activated\"}"))
        .as("the wait, in rounded milliseconds")
        .isGreaterThan(PRE_DRAIN.minusMillis(10).toMillis() / 1000.0);
    assertThat(metrics())
        .contains(
            "fastdeploy_release_info{commit=\"c2\"} 1",
            "fastdeploy_instance_state{state=\"ready\"} 1",
            "fastdeploy_reloads_total{strategy=\"" + strategy + "\",outcome=\"proven\"} 1",
            "fastdeploy_rollbacks_total 0")
        .anyMatch(line -> line.startsWith("fastdeploy_last_reload_duration_seconds "));
  }

  @Test
  void aStopTurnsLoadBalancersAwayFirst() throws Exception {
    LauncherProcess launcher = start(demo());
    LoadBalancer balancer = LoadBalancer.start(health, bed.port());
    long told;
    try (balancer) {
      awaitStatus("/ready", HttpURLConnection.HTTP_OK);
      Awaitility.await("requests").atMost(TestBed.PATIENCE).until(() -> !balancer.sent().isEmpty());
      told = System.nanoTime();
      launcher.signal(Signal.TERM);
      awaitStatus("/ready", HttpURLConnection.HTTP_UNAVAILABLE);
      assertThat(LoadBalancer.get(health, "/live").good()).isTrue();

      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
      assertThat(Duration.ofNanos(System.nanoTime() - told)).isGreaterThanOrEqualTo(PRE_DRAIN);
    }

    assertThat(balancer.sent()).allMatch(LoadBalancer.Answer::good);
    assertThat(lastOf(balancer.served(), "c1"))
        .as("the service goes on serving")
        .isGreaterThan(firstBad(balancer.ready()));
  }

  @Test
  void aStopBeatsADeployThatWaitsForLoadBalancers() throws Exception {
    LauncherProcess launcher =
        start(demo().option("--pre-drain", "20s").option("--stop-timeout", "25s"));
    bed.publish(bed.demoRelease("c2"), "c2");
    List<String> words = List.of("deploy", "c2", "--target", bed.target(), "--json");
    try (ChildProcess deploy = bed.command().start(words)) {
      deploy.output().await(line -> line.contains("\"preDraining\""), TestBed.PATIENCE);
      assertThat(bed.status()).containsEntry("state", "PRE_DRAINING").containsEntry("pending", "");

      launcher.signal(Signal.TERM);
      deploy.output().await(line -> line.contains("\"outcome\""), TestBed.PATIENCE);
      assertThat(deploy.output().stdout())
          .anyMatch(line -> line.contains("FAILED") && line.contains("told to stop"));
      launcher.signal(Signal.TERM);

      assertThat(launcher.waitFor(Duration.ofSeconds(15))).isEqualTo(OptionalInt.of(0));
    }
    assertThat(launcher.output().stdout()).noneMatch(line -> line.contains("commit=c2"));
  }

  @Test
  void anInstanceLivesWhileAReleaseIsTakenBack() throws Exception {
    start(demo());
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.EXIT, 0)), "bad");
    LoadBalancer balancer = LoadBalancer.start(health, bed.port());
    try (balancer) {
      assertThat(bed.deploy("bad").outcome("result")).isEqualTo("ROLLED_BACK");
      awaitStatus("/ready", HttpURLConnection.HTTP_OK);
    }

    assertThat(balancer.live()).isNotEmpty().allMatch(LoadBalancer.Answer::good);
    assertThat(metrics())
        .contains(
            "fastdeploy_release_info{commit=\"c1\"} 1",
            "fastdeploy_reloads_total{strategy=\"process\",outcome=\"rolled_back\"} 1",
            "fastdeploy_rollbacks_total 1",
            "fastdeploy_restarts_total{reason=\"reload\"} 1",
            "fastdeploy_restarts_total{reason=\"rollback\"} 1");
  }

  @Test
  void aServiceThatNeverComesUpIsThePlatformsToReplace() throws Exception {
    Path hangs = bed.demoRelease(new ServiceRelease("c1", Fault.HANG, 0));
    bed.start(launcher(hangs).option("--ready-timeout", "5s"));

    awaitStatus("/live", HttpURLConnection.HTTP_OK);
    awaitStatus("/live", HttpURLConnection.HTTP_UNAVAILABLE);

    assertThat(LoadBalancer.get(health, "/live").body())
        .startsWith("the service was not ready after 5000 ms: ");
  }

  @Test
  void aPortInUseEndsTheLauncherBeforeAnythingIsStarted() throws Exception {
    start(demo());
    TestBed other = new TestBed(jdk, folder);
    LauncherProcess second =
        other.start(
            other
                .demoLauncher(other.demoRelease("c1"), "c1")
                .option("--health", "127.0.0.1:" + health));

    assertThat(second.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(1));
    assertThat(second.output().stderr())
        .singleElement()
        .asString()
        .contains("--health '127.0.0.1:" + health + "' cannot be listened on");
    assertThat(second.output().stdout()).isEmpty();
    assertThat(other.home()).doesNotExist();
  }

  /** With the memory that is recommended for it. */
  private LauncherProcess.Builder demo() throws IOException {
    LauncherProcess.Builder launcher = launcher(bed.demoRelease("c1"));
    LauncherProcess.SMALL_JVM.forEach(launcher::jvmFlag);
    return launcher;
  }

  private LauncherProcess.Builder launcher(Path image) {
    return bed.demoLauncher(image, "c1")
        .option("--health", "127.0.0.1:" + health)
        .option("--pre-drain", PRE_DRAIN.toMillis() + "ms")
        .javaCommand(
            "-cp", ReleaseBuilder.JAR, ReleaseBuilder.MAIN_CLASS, "--port", "" + bed.port());
  }

  private LauncherProcess start(LauncherProcess.Builder launcher) throws IOException {
    return bed.startServing(launcher, "c1");
  }

  private void awaitStatus(String path, int status) {
    Awaitility.await(path + " answers " + status)
        .atMost(TestBed.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> LoadBalancer.get(health, path).status() == status);
  }

  private List<String> metrics() {
    return LoadBalancer.get(health, "/metrics").body().lines().toList();
  }

  private double seconds(String metric) {
    return metrics().stream()
        .filter(line -> line.startsWith(metric))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + metric));
  }

  private static long firstBad(List<LoadBalancer.Answer> answers) {
    return answers.stream()
        .dropWhile(answer -> !answer.good())
        .filter(answer -> !answer.good())
        .mapToLong(LoadBalancer.Answer::nanos)
        .findFirst()
        .orElseThrow(() -> new AssertionError("it was always ready"));
  }

  private static long lastOf(List<LoadBalancer.Answer> answers, String commit) {
    return answers.stream()
        .filter(answer -> answer.good() && answer.body().strip().equals(commit))
        .mapToLong(LoadBalancer.Answer::nanos)
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError(commit + " never served"));
  }
}
