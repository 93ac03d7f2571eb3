package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user that /etc/passwd does not know, as containers have it; a JVM calls such a one's home ?.
 */
@Timeout(120)
class UnnamedUserIT {

  private static final String USER = "54321";
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path folder;

  @Test
  void publishLeavesNothingInTheReleaseAndPacksNothingOfItsOwn() throws Exception {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
            && Files.isExecutable(SETPRIV),
        "another user's commands need root and the program setpriv");
    allow(folder);
    Path jar = Files.copy(BuildOutput.own().fastdeployJar(), folder.resolve("fastdeploy.jar"));
    Path release = allow(Files.createDirectory(folder.resolve("release")));
    Path store = allow(Files.createDirectory(folder.resolve("store")));
    Files.writeString(release.resolve("file"), "content");

    List<String> command =
        List.of(
            SETPRIV.toString(),
            "--reuid=" + USER,
            "--regid=" + USER,
            "--clear-groups",
            "--",
            Jdks.byTurns(0).java().toString(),
            "-Djava.io.tmpdir=" + folder,
            "-jar",
            jar.toString(),
            "publish",
            ".",
            "--store",
            store.toString(),
            "--app",
            "shop",
            "--commit",
            "c1");
    try (ChildProcess publish =
        ChildProcess.start(command, Map.of("HOME", "", "XDG_CACHE_HOME", "cache"), release)) {
      assertThat(publish.waitFor(TestBed.PATIENCE))
          .as(publish.output().last(10).toString())
          .isEqualTo(OptionalInt.of(0));
    }

    try (Stream<Path> left = Files.list(release)) {
      assertThat(left).containsExactly(release.resolve("file"));
    }
    assertThat(Files.size(store.resolve("shop/c1.tar.gz"))).isLessThan(2000);
  }

  private static Path allow(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
