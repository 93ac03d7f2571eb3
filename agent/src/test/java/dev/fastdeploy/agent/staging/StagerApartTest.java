package dev.fastdeploy.agent.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a release is staged. A jar that is none ends each process at once. */
class StagerApartTest {

  @TempDir Path folder;
  private final List<Commit> within = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private Consumer<String> before = line -> {};
  private Home home;

  @BeforeEach
  void prepare() throws IOException {
    before = Diagnostics.sayBy(said::add);
    home = new Home(folder.resolve("home"));
    home.create();
  }

  @AfterEach
  void restore() {
    Diagnostics.sayBy(before);
  }

  private final class Within implements Stager {

    @Override
    public Optional<String> unusableBecause() {
      return Optional.empty();
    }

    @Override
    public void stage(Commit commit, ExpectedRelease expected, Progress progress) {
      within.add(commit);
    }
  }

  private static final class Nothing implements Stager.Progress {

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void requireGoOn() {}
  }

  private StagerApart stager(Map<Setting, String> given) {
    Map<Setting, String> all = new EnumMap<>(Setting.class);
    all.putAll(given);
    all.put(Setting.HOME, home.root().toString());
    return new StagerApart(
        home,
        new Settings(all, new Properties(), Map.of()),
        folder.resolve("no.jar"),
        new Within(),
        new MemoryRoom(folder.resolve("proc"), folder.resolve("groups")));
  }

  private void stage(Map<Setting, String> given) throws IOException {
    stager(given).stage(new Commit("c1"), ExpectedRelease.ANY, new Nothing());
  }

  @Test
  void aDirectoryIsReadInTheService() throws IOException {
    stage(Map.of(Setting.STORE, folder.toString()));

    assertThat(within).containsExactly(new Commit("c1"));
    assertThat(said).isEmpty();
  }

  @Test
  void whoeverWantsItHasItInTheService() throws IOException {
    stage(Map.of(Setting.STORE, "s3://bucket", Setting.STAGE_IN, "service"));

    assertThat(within).containsExactly(new Commit("c1"));
    assertThat(said).isEmpty();
  }

  @Test
  void withoutAProcessTheServiceStages() throws IOException {
    stage(Map.of(Setting.STORE, "s3://bucket"));

    assertThat(within).containsExactly(new Commit("c1"));
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith(
            "fastdeploy: staging in the service's process: the JVM that stages ended with 1: ");
  }

  @Test
  void withoutMemoryTheServiceStages() throws IOException {
    Files.createDirectories(folder.resolve("proc"));
    Files.writeString(folder.resolve("proc/meminfo"), "MemAvailable: 10240 kB\n");

    stage(Map.of(Setting.STORE, "s3://bucket"));

    assertThat(within).containsExactly(new Commit("c1"));
    assertThat(said)
        .containsExactly(
            "fastdeploy: staging in the service's process: a process of its own needs 128 MB, and"
                + " 10 are free");
  }

  @Test
  void whereTheServiceWouldEndWithItThereMustBeMore() throws IOException {
    Files.createDirectories(folder.resolve("proc/self"));
    Files.createDirectories(folder.resolve("groups"));
    Files.writeString(folder.resolve("proc/meminfo"), "MemAvailable: 307200 kB\n");
    Files.writeString(folder.resolve("proc/self/cgroup"), "0::/\n");
    Files.writeString(folder.resolve("groups/memory.oom.group"), "1\n");

    stage(Map.of(Setting.STORE, "s3://bucket"));

    assertThat(said).singleElement().asString().endsWith("needs 384 MB, and 300 are free");
  }

  @Test
  void aWrongWordIsToldBeforeTheFirstDeploy() {
    assertThat(stager(Map.of(Setting.STAGE_IN, "elsewhere")).unusableBecause())
        .hasValue("--stage-in 'elsewhere' is neither process nor service");
    assertThat(stager(Map.of()).unusableBecause()).isEmpty();
  }
}
