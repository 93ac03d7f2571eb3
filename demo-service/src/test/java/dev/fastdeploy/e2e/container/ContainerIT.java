package dev.fastdeploy.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.service.DemoService;
import dev.fastdeploy.e2e.subject.Subject;
import dev.fastdeploy.e2e.subject.SubjectRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo service's Containerfile, built and run: the launcher as PID 1 of real containers. */
@Timeout(240)
class ContainerIT {

  private static final String MEBIBYTES = "320";
  private static final int USER = 10001;
  private static final String PROVEN = "1 proven";

  /** In the kernel's list of sockets: a connection of port 8080 that is established. */
  private static final String CONNECTED = "(?s).*:1F90 [0-9A-F]+:[0-9A-F]{4} 01 .*";

  @TempDir static Path folder;

  private static Podman podman;
  private static String image;
  private static Path store;

  private final List<Container> containers = new ArrayList<>();

  @BeforeAll
  static void buildImageAndStore() throws Exception {
    Optional<String> unusable = Podman.unusableBecause();
    assumeTrue(unusable.isEmpty(), () -> unusable.orElse(""));
    podman = new Podman();
    image = new Images(podman, folder).demo("c1");
    store = Files.createDirectory(folder.resolve("store"));
    ReleaseBuilder releases = new ReleaseBuilder(folder.resolve("built"));
    publish(releases.build("c2"), "demo", "c2", "gz");
    publish(releases.build("c3"), "demo", "c3", "zst");
  }

  @AfterAll
  static void removeImage() throws Exception {
    if (image != null) {
      podman.require("rmi", "--force", image);
    }
  }

  @AfterEach
  void removeContainers() throws Exception {
    for (Container container : containers) {
      container.close();
    }
  }

  @Test
  void theLauncherIsPidOneWithinTheMemoryLimitAndTheServiceItsChild() throws Exception {
    Container container = serving(List.of());

    assertThat(container.shell("tr '\\0' ' ' < /proc/1/cmdline")).contains("fastdeploy.jar run");
    assertThat(container.shell("grep -h PPid: /proc/" + servicePid(container) + "/status"))
        .matches("PPid:\\s+1");
    assertThat(
            container.shell(
                "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes"))
        .isEqualTo("" + (Long.parseLong(MEBIBYTES) << 20));
  }

  @Test
  void aStopDrainsAndIsASuccess() throws Exception {
    Container container = serving(List.of());
    try (ChildProcess slow = container.request("/slow?ms=6000")) {
      Awaitility.await("the slow request is there")
          .atMost(Duration.ofSeconds(30))
          .until(() -> container.shell("cat /proc/net/tcp /proc/net/tcp6").matches(CONNECTED));

      container.stop(Duration.ofSeconds(30));

      assertThat(container.waitFor()).isEqualTo(OptionalInt.of(0));
      assertThat(slow.waitFor(Container.PATIENCE)).isPresent();
      assertThat(slow.output().stdout()).contains("c1");
    }
    assertThat(container.output().stdout())
        .anyMatch(line -> line.startsWith(DemoService.DRAINED) && line.contains("cut=0"));
  }

  @Test
  void theDocumentedHealthCheckAsksTheLauncher() throws Exception {
    String[] check = documentedHealthCheck();
    Container asked = serving(List.of("--env", "FASTDEPLOY_HEALTH=127.0.0.1:7401"));
    Container withoutHealth = serving(List.of());

    assertThat(asked.exec(check).exitCode()).isZero();
    assertThat(withoutHealth.exec(check).exitCode()).isNotZero();
  }

  @Test
  @Tag("wide")
  void whatThePlatformInjectsForTheServicesJvmMissesTheLaunchers() throws Exception {
    // Beside the launcher's own choice of a collector this one keeps a JVM from starting.
    Container container = serving(List.of("--env", "JAVA_TOOL_OPTIONS=-XX:+UseParallelGC"));

    assertThat(container.shell("tr '\\0' '\\n' < /proc/" + servicePid(container) + "/environ"))
        .contains("JAVA_TOOL_OPTIONS=-XX:+UseParallelGC");
  }

  @Test
  void aKilledServiceEndsTheContainerWithItsCode() throws Exception {
    Container container = serving(List.of());

    container.exec("bash", "-c", "kill -KILL " + servicePid(container));

    assertThat(container.waitFor()).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void deploysFromOutsideThroughTheMountedSocket() throws Exception {
    Path home = Files.createDirectory(folder.resolve("outside"));
    // As Kubernetes prepares a volume for an fsGroup: root's, with the service's group.
    Files.setAttribute(home, "unix:gid", USER);
    Files.setAttribute(home, "unix:mode", 02770);
    Container container = serving(List.of("--volume", home + ":" + Container.HOME));

    CommandResult deploy = deployFromOutside(home, "c2");

    assertThat(deploy.exitCode()).as(deploy.toString()).isZero();
    container.awaitServing("c2");
    container.stop(Duration.ofSeconds(30));
    assertThat(container.waitFor()).isEqualTo(OptionalInt.of(0));
    run(List.of("--volume", home + ":" + Container.HOME), List.of()).awaitServing("c2");
  }

  @Test
  void aKillForMemoryInTheDrainIsStillAReload() throws Exception {
    Path first = SubjectRelease.write(folder.resolve("image"), "s1", "hook=devour");
    publish(SubjectRelease.write(folder.resolve("built"), "s2"), "subject", "s2", "gz");
    Path home = ownedHome("drain");
    Container container =
        run(
            List.of(
                "--volume",
                home + ":" + Container.HOME,
                "--volume",
                first + ":/opt/app/release:ro",
                "--env",
                "FASTDEPLOY_COMMIT=s1",
                "--env",
                "FASTDEPLOY_APP=subject",
                "--env",
                "PORT=8080"),
            List.of("java", "-Xmx1g", "-cp", "classes", Subject.class.getName()));
    container.awaitServing("s1");

    CommandResult deploy = deployFromOutside(home, "s2");

    assertThat(deploy.exitCode()).as(deploy + "\n" + container.output().last(20)).isZero();
    container.awaitServing("s2");
    assertThat(container.killedForMemory()).isPositive();
  }

  @Test
  void hardenedWithNothingExecutableInTmpItDeploysBothKindsOfArchives() throws Exception {
    Container container = serving(hardened());

    assertThat(container.shell("id -u; touch /opt/x 2>/dev/null || echo read-only"))
        .isEqualTo(USER + "\nread-only");
    assertThat(deployInside(container, "c2").stdout()).last().asString().contains(PROVEN);
    assertThat(deployInside(container, "c3").stdout()).last().asString().contains(PROVEN);
    container.awaitServing("c3");
    assertThat(status(container))
        .anyMatch(line -> line.strip().startsWith("connections held: "))
        .noneMatch(line -> line.strip().startsWith("connections not held: "));
    assertThat(container.shell("ls /tmp | grep -v hsperfdata")).isEmpty();
  }

  @Test
  @Tag("wide")
  void withNothingExecutableAtAllItDeploysWhatTheJdkCanUnpack() throws Exception {
    List<String> options = new ArrayList<>(hardened());
    options.add("--mount");
    options.add("type=tmpfs,destination=" + Container.HOME + ",noexec,U=true");
    Container container = serving(options);

    assertThat(status(container))
        .anyMatch(
            line ->
                line.contains("connections not held: the native library")
                    && line.contains("nor from '/tmp'"));
    CommandResult zstd = deployInside(container, "c3");
    assertThat(zstd.exitCode()).isEqualTo(2);
    assertThat(zstd.stdout()).anyMatch(line -> line.contains("publish .tar.gz"));
    assertThat(deployInside(container, "c2").stdout()).last().asString().contains(PROVEN);
    container.awaitServing("c2");
  }

  @Test
  @Tag("wide")
  void withNothingExecutableInTheHomeConnectionsAreHeldByTmp() throws Exception {
    Container container =
        serving(List.of("--mount", "type=tmpfs,destination=" + Container.HOME + ",noexec,U=true"));

    assertThat(deployInside(container, "c2").stdout()).last().asString().contains(PROVEN);
    container.awaitServing("c2");
    assertThat(status(container))
        .anyMatch(line -> line.strip().startsWith("connections held: "))
        .noneMatch(line -> line.strip().startsWith("connections not held: "));
  }

  @Test
  @Tag("wide")
  void onALaterJdkItDeploysAndStops() throws Exception {
    Optional<Jdk> later = Jdk.running().beside(25);
    assumeTrue(later.isPresent(), "no JDK 25 or later lies beside the running one");
    List<String> options = new ArrayList<>(hardened());
    options.add("--volume");
    options.add(later.get().home().toRealPath() + ":/opt/java/openjdk:ro");
    Container container = serving(options);

    assertThat(deployInside(container, "c2").stdout()).last().asString().contains(PROVEN);
    container.stop(Duration.ofSeconds(30));

    assertThat(container.waitFor()).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void orphansAreReaped() throws Exception {
    Container container = serving(List.of());

    String orphan = container.shell("sleep 600 > /dev/null 2>&1 & echo $!");

    assertThat(container.shell("grep -h PPid: /proc/" + orphan + "/status")).matches("PPid:\\s+1");
    container.shell("kill " + orphan);
    Awaitility.await("the orphan is gone")
        .atMost(Container.PATIENCE)
        .until(() -> container.exec("test", "-e", "/proc/" + orphan).exitCode() == 1);
  }

  /** The words that docs/install.md tells Amazon ECS to run in the container. */
  private static String[] documentedHealthCheck() throws Exception {
    String document = Files.readString(Path.of("../docs/install.md"));
    int start = document.indexOf("```json\n") + "```json\n".length();
    Map<String, Object> task =
        JSON.std.mapFrom(document.substring(start, document.indexOf("```", start)));
    Map<?, ?> service = (Map<?, ?>) ((List<?>) task.get("containerDefinitions")).get(1);
    List<?> command = (List<?>) ((Map<?, ?>) service.get("healthCheck")).get("command");
    return command.stream().skip(1).map(Object::toString).toArray(String[]::new);
  }

  /** What a careful platform starts containers with. */
  private static List<String> hardened() {
    return List.of(
        "--read-only",
        "--read-only-tmpfs=false",
        "--user",
        USER + ":" + USER,
        "--cap-drop",
        "all",
        "--security-opt",
        "no-new-privileges",
        "--tmpfs",
        "/tmp:rw,noexec,nosuid,nodev,size=16m");
  }

  private Container serving(List<String> options) throws Exception {
    Container container = run(options, List.of());
    container.awaitServing("c1");
    return container;
  }

  private Container run(List<String> options, List<String> command) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--memory",
                MEBIBYTES + "m",
                "--volume",
                store + ":/store:ro",
                "--env",
                "FASTDEPLOY_STORE=/store",
                "--env",
                "FASTDEPLOY_SOAK=300ms"));
    all.addAll(options);
    Container container = Container.run(podman, image, all, command);
    containers.add(container);
    return container;
  }

  private static String servicePid(Container container) throws Exception {
    String header = DemoService.PROCESS + ": ";
    return container.get("/version").stream()
        .filter(line -> line.startsWith(header))
        .map(line -> line.substring(header.length()))
        .findFirst()
        .orElseThrow();
  }

  /** An endpoint on a busy machine may take longer than a person waits. */
  private static List<String> status(Container container) throws Exception {
    return Awaitility.await("a status")
        .atMost(Container.PATIENCE)
        .until(() -> container.fastdeploy("status"), answered -> answered.exitCode() == 0)
        .stdout();
  }

  private static CommandResult deployInside(Container container, String commit) throws Exception {
    return container.fastdeploy(
        "deploy", commit, "--connect-timeout", Container.PATIENCE.toSeconds() + "s");
  }

  private static CommandResult deployFromOutside(Path home, String commit) throws Exception {
    return command(
        "deploy",
        commit,
        "--target",
        "unix:" + home.resolve("fastdeploy/run/control.sock"),
        "--connect-timeout",
        Container.PATIENCE.toSeconds() + "s");
  }

  private static void publish(Path release, String app, String commit, String format)
      throws Exception {
    CommandResult result =
        command(
            "publish",
            release.toString(),
            "--store",
            store.toString(),
            "--app",
            app,
            "--commit",
            commit,
            "--format",
            format);
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private static CommandResult command(String... words) throws Exception {
    return new FastdeployCommand(Jdk.running(), BuildOutput.own().fastdeployJar(), Map.of())
        .run(List.of(words), Container.PATIENCE);
  }

  /** A directory outside that is the container's home. */
  private static Path ownedHome(String name) throws Exception {
    Path home = Files.createDirectory(folder.resolve(name));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    Files.setAttribute(home, "unix:uid", USER);
    Files.setAttribute(home, "unix:gid", USER);
    return home;
  }
}
