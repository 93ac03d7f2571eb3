package dev.fastdeploy.launcher.supervisor.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer.None;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer.Offered;
import dev.fastdeploy.launcher.supervisor.configuration.ArchiveUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceArchivesTest {

  private static final String OF_17 = "jdk-17.0.15-x86_64-gnu-";
  private static final String OF_25 = "jdk-25.0.3-x86_64-gnu-";

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private Consumer<String> speaker;
  private Home home;
  private Release release;

  @BeforeEach
  void makeReleaseAndJdks() throws IOException {
    speaker = Diagnostics.sayBy(said::add);
    home = new Home(folder.resolve("home"));
    home.create();
    Files.createFile(Files.createDirectories(folder.resolve("release/lib")).resolve("a.jar"));
    release = new Release(new Commit("c2"), folder.resolve("release"));
    jdk("17", "17.0.15");
    jdk("25", "25.0.3");
    jdk("21", "21.0.7");
  }

  private void jdk(String name, String version) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
    Files.createFile(bin.resolve("java"));
    Files.writeString(
        bin.resolveSibling("release"),
        "JAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"x86_64\"\nLIBC=\"gnu\"\n");
  }

  @AfterEach
  void speakAgain() {
    Diagnostics.sayBy(speaker);
  }

  @Test
  void theArchiveOfTheServicesJdkIsGivenBeforeItsOwnOptions() throws IOException {
    Offered offered = offered(offer("17", "-cp", "lib/*", "Main", "lib/*"));

    assertThat(offered.name()).startsWith(OF_17).endsWith(".jsa");
    assertThat(offered.line())
        .containsExactly(
            folder + "/17/bin/java",
            "-XX:SharedArchiveFile=" + offered.file(),
            "-Xlog:cds*=off",
            "-Xlog:cds*=info:file=" + home.run() + "/archive.log:none:filecount=0",
            "-cp",
            "lib/a.jar",
            "Main",
            "lib/*");
    assertThat(said).singleElement().asString().contains("sorted order");
  }

  @Test
  void jdk25HasACacheInstead() throws IOException {
    assertThat(offered(offer("25", "Main")).line().toString())
        .contains("-XX:AOTCache=", OF_25, "-Xlog:cds*=off,aot*=off", "aot*=warning:file=")
        .doesNotContain("AOTMode");
  }

  @Test
  void aJdkWithoutOneOfItsOwnGetsNone() throws IOException {
    assertThat(none(offer("21", "Main"))).contains("has none for JDK 21.0.7 on x86_64-gnu");
  }

  @Test
  void anEmptyFileIsNoArchive() throws IOException {
    ServiceArchives.Start start = start("17", true, "Main");
    Files.write(offered(archives().offer(start)).file(), new byte[0]);
    assertThat(none(archives().offer(start))).contains("has none for");
  }

  /** JDK 25 takes a cache whatever the class path is. */
  @Test
  void anotherClassPathThanTheTrainedOneGetsNone() throws IOException {
    ServiceArchives.Start trained = start("25", true, "-cp", "lib/a.jar", "Main");
    List<String> other = List.of(folder + "/25/bin/java", "-cp", "lib/a.jar:b.jar", "Main");
    ServiceArchives archives = archives();
    assertThat(archives.offer(trained)).isInstanceOf(Offered.class);
    assertThat(
            none(archives.offer(new ServiceArchives.Start(release, true, other, other, List.of()))))
        .contains("with this class path");

    Files.writeString(release.directory().resolve("lib/a.jar"), "another build");
    assertThat(none(archives.offer(trained))).contains("with this class path");
  }

  @Test
  void aClassPathThatTheCommandDoesNotTellGetsNone() throws IOException {
    List<String> line = List.of(folder + "/25/bin/java", "@all", "Main");
    Files.createDirectories(release.directory().resolve(".fastdeploy/archives"));
    assertThat(
            none(
                archives()
                    .offer(new ServiceArchives.Start(release, true, line, line, List.of("-cp x")))))
        .contains("is not in the command alone");
    ServiceArchives.Start start = start("25", true, "-cp", "lib/a.jar", "Main");
    assertThat(
            none(
                archives()
                    .offer(
                        new ServiceArchives.Start(
                            release,
                            true,
                            start.line(),
                            start.line(),
                            List.of("-Xmx1g -Djava.class.path=x")))))
        .contains("is not in the command alone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xshare:off",
        "-Xshare:auto",
        "-XX:SharedArchiveFile=own.jsa",
        "-XX:ArchiveClassesAtExit=own.jsa",
        "-XX:+AutoCreateSharedArchive",
      })
  void whoDecidesAboutArchivesIsLeftAlone(String option) throws IOException {
    assertThat(none(offer("17", option, "Main"))).contains("the service's own options have -X");
    assertThat(none(offer("25", option, "Main"))).contains("the service's own options have -X");
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseZGC, ZGC",
    "-agentlib:jdwp=transport=dt_socket, -agentlib",
    "-Xrunjdwp:server=y, -Xrun",
    "-javaagent:other.jar, -javaagent",
    "-agentpath:/x.so, -agentpath",
    "-Dfastdeploy.strategies=process;module, module",
  })
  void aCacheIsNotForEveryJvm(String option, String reason) throws IOException {
    assertThat(none(offer("25", option, "Main"))).contains(reason);
    assertThat(offer("17", option, "Main")).isInstanceOf(Offered.class);
  }

  @Test
  void aStrategyThatChangesClassesWhileTheyAreLoadedGetsNoCache() throws IOException {
    ServiceArchives archives = new ServiceArchives(ArchiveUse.AUTO, true, home, true);
    assertThat(none(archives.offer(start("25", false, "Main")))).contains("module");
    assertThat(archives.offer(start("17", false, "Main"))).isInstanceOf(Offered.class);
  }

  @Test
  void offIsOff() throws IOException {
    ServiceArchives archives = new ServiceArchives(ArchiveUse.OFF, false, home, true);
    assertThat(none(archives.offer(start("17", true, "Main")))).contains("--archive is off");
  }

  @Test
  void onlyANewReleaseMustHaveWhatIsRequired() throws IOException {
    ServiceArchives archives = new ServiceArchives(ArchiveUse.REQUIRE, false, home, true);
    assertThat(offered(archives.offer(start("17", true, "Main"))).line()).contains("-Xshare:on");
    assertThat(offered(archives.offer(start("25", true, "Main"))).line())
        .contains("-XX:AOTMode=on");
    assertThat(offered(archives.offer(start("17", false, "Main"))).line())
        .doesNotContain("-Xshare:on");
    assertThat(archives.offer(start("21", false, "Main"))).isInstanceOf(None.class);
    assertThatThrownBy(() -> archives.offer(start("21", true, "Main")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("c2")
        .hasMessageContaining("--archive require")
        .hasMessageContaining("has none for JDK 21.0.7");
  }

  @Test
  void whatWasRejectedIsNotOfferedAgainEvenByTheNextLauncher() throws IOException {
    ServiceArchives archives = archives();
    Offered offered = offered(archives.offer(start("17", true, "Main")));
    Files.writeString(offered.words(), "shared class paths mismatch\n");

    assertThat(archives.reported(Optional.of(offered), ProcessHandle.current().pid()).orElseThrow())
        .contains("did not take", OF_17);

    assertThat(said).singleElement().asString().contains(OF_17, "(shared class paths mismatch)");
    assertThat(none(archives.offer(start("17", true, "Main")))).contains("rejected " + OF_17);
    assertThat(none(archives().offer(start("17", true, "Main")))).contains("rejected " + OF_17);
    assertThat(archives().offer(start("17", true, "-Xmx1g", "Main")))
        .as("with other options it may fit")
        .isInstanceOf(Offered.class);
  }

  @Test
  void aHomeThatCannotBeWrittenKeepsNobodyFromStarting() throws IOException {
    ServiceArchives archives = new ServiceArchives(ArchiveUse.AUTO, false, home, false);
    Offered offered = offered(archives.offer(start("17", true, "Main")));
    assertThat(offered.line().toString()).doesNotContain(":file=");

    archives.endedWith(offered, 134);

    assertThat(said).singleElement().asString().contains("ended with code 134");
    assertThat(none(archives.offer(start("17", true, "Main")))).contains("rejected");
    assertThat(archives.reported(Optional.empty(), 1)).isEmpty();
    assertThat(home.rejectedArchives()).doesNotExist();
  }

  /** A service that ends early for another reason does so without the archive as well. */
  @Test
  void anEndIsTheArchivesFaultOnlyIfTheServiceComesUpWithoutIt() throws IOException {
    ServiceArchives archives = archives();
    archives.endedWith(offered(archives.offer(start("17", true, "Main"))), 137);

    assertThat(none(archives.offer(start("17", true, "-Dread=anew", "Main"))))
        .as("the next start, whatever its options are")
        .contains("rejected " + OF_17);
    assertThat(home.rejectedArchives()).doesNotExist();

    assertThat(archives.reported(Optional.empty(), 1)).isEmpty();
    assertThat(none(archives().offer(start("17", true, "Main")))).contains("rejected " + OF_17);
  }

  @Test
  void anotherImageOfTheSameJdkMayTakeIt() throws IOException {
    ServiceArchives archives = archives();
    archives.endedWith(offered(archives.offer(start("17", true, "Main"))), 1);
    assertThat(archives.offer(start("17", true, "Main"))).isInstanceOf(None.class);
    assertThat(archives.offer(start("17", true, "Main"))).isInstanceOf(None.class);

    Files.writeString(
        Files.createDirectories(folder.resolve("17/lib")).resolve("modules"), "other");

    assertThat(archives.offer(start("17", true, "Main"))).isInstanceOf(Offered.class);
  }

  @Test
  void aClassPathThatNamesTheReleaseGetsNone() throws IOException {
    String jar = release.directory() + "/app.jar";
    assertThat(none(offer("17", "-cp", jar, "Main"))).contains("write it relative");
    assertThat(none(offer("25", "-jar", jar))).contains("write it relative");
    assertThat(offer("25", "-Xlog:gc:file=" + release.directory() + "/gc.log", "Main"))
        .isInstanceOf(Offered.class);
  }

  @Test
  void moduleMustSeeADirectoryOfJars() throws IOException {
    ServiceArchives archives = new ServiceArchives(ArchiveUse.AUTO, true, home, true);
    assertThat(none(archives.offer(start("17", false, "-cp", "lib/*", "Main"))))
        .contains("module", "write the jars out");
    assertThat(archives.offer(start("17", false, "-cp", "lib/a.jar", "Main")))
        .isInstanceOf(Offered.class);
  }

  @Test
  void whatIsRequiredAndEndsIsTheReleasesFailure() throws IOException {
    ServiceArchives archives = new ServiceArchives(ArchiveUse.REQUIRE, false, home, true);
    Offered offered = offered(archives.offer(start("17", true, "Main")));
    Files.writeString(offered.words(), "it does not fit\n");

    archives.endedWith(offered, 1);

    assertThat(said)
        .singleElement()
        .asString()
        .contains("(it does not fit), which --archive require demands");
    assertThat(archives.offer(start("17", true, "Main"))).isInstanceOf(Offered.class);
  }

  private ServiceArchives archives() {
    return new ServiceArchives(ArchiveUse.AUTO, false, home, true);
  }

  private ArchiveOffer offer(String jdk, String... words) throws IOException {
    return archives().offer(start(jdk, true, words));
  }

  private ServiceArchives.Start start(String jdk, boolean isNew, String... words)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(folder + "/" + jdk + "/bin/java");
    if (!List.of(words).contains("-cp") && !List.of(words).contains("-jar")) {
      line.addAll(List.of("-cp", "lib/a.jar"));
    }
    line.addAll(List.of(words));
    writeArchive(line);
    return new ServiceArchives.Start(release, isNew, line, line, List.of());
  }

  /** Of the JDKs with which the release was trained. */
  private void writeArchive(List<String> words) throws IOException {
    Path archives = Files.createDirectories(release.directory().resolve(".fastdeploy/archives"));
    JavaCommandLine line = new JavaCommandLine(words);
    line = line.sorted(release.directory()).orElse(line);
    JavaRuntime runtime = JavaRuntime.of(words.get(0), folder).orElseThrow();
    if (runtime.feature() != 21) {
      Files.write(archives.resolve(runtime.archiveName(line, release.directory())), new byte[5000]);
    }
  }

  private static Offered offered(ArchiveOffer offer) {
    assertThat(offer).isInstanceOf(Offered.class);
    return (Offered) offer;
  }

  private static String none(ArchiveOffer offer) {
    assertThat(offer).isInstanceOf(None.class);
    return ((None) offer).reason();
  }
}
