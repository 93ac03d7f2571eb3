package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Java runtime that was linked from the least of all modules. */
@Timeout(120)
class SmallRuntimeIT extends OnEachJdk {

  @Test
  void theCommandRunsOnItAndLauncherAndAgentSayWhatTheyNeed() throws Exception {
    Jdk small = linked(jdk, folder.resolve("small"), "java.base");
    Path image = Files.createDirectory(folder.resolve("image"));
    Files.writeString(image.resolve("file"), "content");

    CommandResult published =
        new FastdeployCommand(small, BuildOutput.own().fastdeployJar(), Map.of())
            .run(
                Stream.of("publish", image, "--store", bed.store(), "--app", "a", "--commit", "c1")
                    .map(Object::toString)
                    .toList(),
                TestBed.PATIENCE);
    assertThat(published.exitCode()).as(published.toString()).isZero();

    assertThat(
            end(
                LauncherProcess.on(small, BuildOutput.own().fastdeployJar())
                    .option("--home", bed.home())
                    .option("--release", image)
                    .option("--commit", "c1")
                    .option("--ready-after", "1s")
                    .command(List.of("true"))))
        .singleElement()
        .asString()
        .contains("jdk.unsupported", "--add-modules of jlink");

    String java = small.java().toString();
    String lacks = "'" + small.home().toRealPath() + "' lacks the module java.instrument";
    assertThat(end(ready(image).command(List.of(java, "-version"))))
        .singleElement()
        .asString()
        .contains(lacks, "--no-agent");
    assertThat(
            end(
                ready(image)
                    .option("--agent-via", "env")
                    .option("--set-env", "JAVA_HOME=" + small.home())
                    .command(List.of("sh", "-c", "\"$JAVA_HOME/bin/java\" -version"))))
        .singleElement()
        .asString()
        .contains(lacks);
  }

  private LauncherProcess.Builder ready(Path image) throws IOException {
    return bed.launcher(image, "c1").option("--ready-after", "1s");
  }

  /** What a launcher that cannot do its work says before it ends. */
  private List<String> end(LauncherProcess.Builder builder) throws Exception {
    LauncherProcess launcher = bed.start(builder);
    assertThat(launcher.waitFor(TestBed.PATIENCE))
        .as(launcher.output().last(10).toString())
        .isEqualTo(OptionalInt.of(1));
    return launcher.output().stderr().stream()
        .filter(line -> line.startsWith("fastdeploy: "))
        .toList();
  }

  /** Skips the test where this JDK came without the files that modules are linked from. */
  private static Jdk linked(Jdk jdk, Path directory, String modules) throws Exception {
    Path jlink = jdk.home().resolve("bin/jlink");
    assumeTrue(Files.isExecutable(jlink), () -> "there is no " + jlink);
    Process process =
        new ProcessBuilder(
                jlink.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "--add-modules",
                modules,
                "--output",
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean made = process.waitFor() == 0;
    assumeTrue(
        made || Files.isDirectory(jdk.home().resolve("jmods")),
        () -> jdk.home() + " has no jmods to link from: " + said);
    assertThat(made).as(said).isTrue();
    return new Jdk(directory, jdk.feature());
  }
}
