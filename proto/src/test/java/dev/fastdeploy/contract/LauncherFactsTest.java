package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFactsTest {

  private static final long SELF = ProcessHandle.current().pid();

  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = new Home(folder.resolve("home"));
    home.create();
  }

  @Test
  void ofALauncherThatLivesAreRead() throws IOException {
    LauncherFacts facts = facts(LauncherFacts.startedTicks(SELF));
    facts.write(home);

    assertThat(LauncherFacts.read(home)).contains(facts);
    assertThat(LauncherFacts.left(home)).isEmpty();
  }

  @Test
  void ofALauncherThatWasKilledAreLeft() throws IOException {
    LauncherFacts facts = facts(1);
    facts.write(home);

    assertThat(LauncherFacts.read(home)).isEmpty();
    assertThat(LauncherFacts.left(home)).contains(facts);
  }

  @Test
  void ofAnotherBootSayNothing() throws IOException {
    facts(1).write(home);
    Path file = home.launcherFacts();
    Files.writeString(file, Files.readString(file).replaceFirst("boot=.*", "boot=another"));

    assertThat(LauncherFacts.left(home)).isEmpty();
  }

  @Test
  void ofAnOlderLauncherLackWhatItDidNotTell() throws IOException {
    facts(LauncherFacts.startedTicks(SELF)).write(home);
    Path file = home.launcherFacts();
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("boot=.*\n", "").replaceFirst("service.st.*\n", ""));

    assertThat(LauncherFacts.read(home).orElseThrow().serviceAlive()).isFalse();
  }

  @Test
  void aHomeWithoutALauncherHasNone() throws IOException {
    assertThat(LauncherFacts.read(home)).isEmpty();
    assertThat(LauncherFacts.left(home)).isEmpty();
  }

  private static LauncherFacts facts(long startedTicks) {
    return new LauncherFacts(
        SELF,
        startedTicks,
        SELF,
        2,
        "c1",
        true,
        false,
        true,
        "m",
        "unix:/a b\\u=ä",
        "no\nport: \\ü");
  }
}
