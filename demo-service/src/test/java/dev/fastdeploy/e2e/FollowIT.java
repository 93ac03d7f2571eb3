package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A container that the platform replaces comes back with what its environment runs. */
@Timeout(180)
class FollowIT {

  private static final String IMAGE = "c0";
  private static final String STABLE = "c1";

  @TempDir private Path folder;
  private final Map<String, Path> images = new HashMap<>();
  private TestBed bed;

  @AfterEach
  void close() {
    if (bed != null) {
      bed.close();
    }
  }

  /** One deploy of a fleet of one: from here on the record has a stable commit. */
  private void deployed(Jdk jdk) throws Exception {
    bed = new TestBed(jdk, folder).withOwnPayload();
    LauncherProcess launcher = bed.startServing(follower(IMAGE), IMAGE);
    assertThat(launcher.output().stderr()).noneMatch(line -> line.contains("follow"));
    bed.publish(bed.subjectRelease(STABLE), STABLE);
    Path targets = Files.writeString(folder.resolve("fleet"), bed.target() + "\n");
    List<Object> words = new ArrayList<>(List.of("deploy", STABLE, "--fleet", "file:" + targets));
    words.addAll(List.of("--store", bed.store(), "--app", "shop", "--env", "prod"));
    words.addAll(List.of("--connect-timeout", "60s"));
    CommandResult deploy = bed.run(words.toArray());
    assertThat(deploy.exitCode()).as(deploy.toString()).isZero();
    stop(launcher);
  }

  @ParameterizedTest
  @MethodSource("dev.fastdeploy.e2e.Jdks#all")
  void aContainerThatIsReplacedFollowsAndOneOfANewImageDoesNot(Jdk jdk) throws Exception {
    deployed(jdk);
    bed.deleteHome();
    kill(bed.start(follower(IMAGE)), launcher -> !launcher.descendants().isEmpty());
    kill(
        bed.start(follower(IMAGE)),
        launcher ->
            launcher.output().stderr().stream().anyMatch(line -> line.contains("in place")));
    LauncherProcess replaced = bed.startServing(follower(IMAGE), STABLE);

    assertSays(replaced, "the release " + STABLE + " is proven");
    assertThat(bed.status()).containsEntry("proven", STABLE).containsEntry("image", IMAGE);
    assertThat(Files.readString(bed.ownHome().resolve("state/state"))).contains("fence.epoch=1");
    // What only fleets need stays in the jar.
    assertThat(bed.ownHome().resolve("payload"))
        .isDirectoryRecursivelyContaining("glob:**/fastdeploy-launcher*.jar");
    assertThat(bed.ownHome().resolve("payload")).isDirectoryNotContaining("glob:**/jedis*.jar");
    stop(replaced);

    bed.deleteHome();
    LauncherProcess newer = bed.startServing(follower("c9"), "c9");
    assertSays(newer, "the image release c9 is newer than the record of 'prod' of 'shop'");
  }

  @Test
  void withoutTheStoreAContainerStartsWhatItHasAndAPersonMaySayOtherwise() throws Exception {
    deployed(Jdks.byTurns(1));
    Path away = bed.store().resolveSibling("store-away");
    Files.move(bed.store(), away);
    LauncherProcess proven = bed.startServing(shortly(IMAGE), STABLE);
    assertSays(proven, "is not a directory; mount it; the release c1, which was proven last,");
    stop(proven);
    bed.deleteHome();
    LauncherProcess own = bed.startServing(shortly(IMAGE), IMAGE);
    assertSays(own, "is not a directory; mount it; the release c0, the image's, is started");
    Files.move(away, bed.store());

    CommandResult unfollow = bed.run("unfollow", "--home", bed.home(), "--reason", "a new image");
    assertThat(unfollow.exitCode()).as(unfollow.toString()).isZero();
    stop(own);
    LauncherProcess image = bed.startServing(follower(IMAGE), IMAGE);
    assertSays(image, "is not followed (unfollow: a new image)");

    assertThat(bed.run("follow", "--home", bed.home()).exitCode()).isZero();
    stop(image);
    bed.startServing(follower(IMAGE), STABLE);
  }

  private LauncherProcess.Builder follower(String image) throws Exception {
    Path release = images.get(image);
    if (release == null) {
      release = bed.subjectRelease(image);
      images.put(image, release);
    }
    return bed.subjectLauncher(release, image).option("--follow", "prod");
  }

  /** One that does not wait long for the store. */
  private LauncherProcess.Builder shortly(String image) throws Exception {
    return follower(image).option("--follow-timeout", "1ms");
  }

  private static void assertSays(LauncherProcess launcher, String words) throws Exception {
    assertThat(launcher.output().await(line -> line.contains(words), TestBed.PATIENCE))
        .as(String.join("\n", launcher.output().last(20)))
        .isPresent();
  }

  /** With its launcher a container's every process is gone: none holds the port of the next one. */
  private static void kill(LauncherProcess launcher, Predicate<LauncherProcess> when) {
    Awaitility.await().atMost(TestBed.PATIENCE).until(() -> when.test(launcher));
    launcher.close();
    assertThat(launcher.alive()).isFalse();
  }

  private static void stop(LauncherProcess launcher) throws Exception {
    launcher.signal(Signal.TERM);
    assertThat(launcher.waitFor(TestBed.PATIENCE)).isPresent();
  }
}
