package dev.fastdeploy.agent.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A Java runtime of a few modules, as images have it that are to be small. */
public final class SmallRuntime {

  private SmallRuntime() {}

  /**
   * Makes one. Skips the test where this JDK cannot: some come without the files that modules are
   * linked from.
   *
   * @param directory of the runtime, which must not be there
   */
  public static JavaHome of(JavaHome jdk, Path directory, String... modules)
      throws IOException, InterruptedException {
    Path jlink = Path.of(jdk.tool("jlink"));
    Assumptions.assumeTrue(Files.isExecutable(jlink), () -> "there is no " + jlink);
    Process process =
        new ProcessBuilder(
                List.of(
                    jlink.toString(),
                    "-J-XX:TieredStopAtLevel=1",
                    "-J-XX:+UseSerialGC",
                    "--add-modules",
                    String.join(",", modules),
                    "--output",
                    directory.toString()))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean made = process.waitFor() == 0;
    // From 24 on a JDK without them may link from itself, if it was built so.
    Assumptions.assumeTrue(
        made || Files.isDirectory(jdk.path().resolve("jmods")),
        () -> jdk.path() + " has no jmods to link from: " + said);
    if (!made) {
      throw new IOException(jlink + " failed: " + said);
    }
    return new JavaHome(directory, jdk.feature());
  }
}
