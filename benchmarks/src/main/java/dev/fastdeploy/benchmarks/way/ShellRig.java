package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.demo.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A service that a shell loop starts again whenever it has ended. A second script points {@code
 * current} at the new release and sends TERM, as one would write it without fastdeploy. Nothing is
 * verified, synced or taken back.
 */
final class ShellRig extends UnwatchedRig {

  private static final String LOOP =
      """
      home=$1; shift
      stop=
      trap 'stop=1; kill -TERM "$pid" 2>/dev/null' TERM INT
      while [ -z "$stop" ]; do
        cd -P "$home/current"
        "$@" &
        pid=$!
        echo "$pid" > "$home/pid.new" && mv "$home/pid.new" "$home/pid"
        wait "$pid"
      done
      """;

  private static final String RELOAD =
      """
      ln -s "releases/$2" "$1/current.new" && mv -T "$1/current.new" "$1/current" &&
      kill -TERM "$(cat "$1/pid")"
      """;

  private static final String STAGE = "mkdir \"$1\" && tar -xzf \"$2\" -C \"$1\"";

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Path home;
  private final Bench bench;
  private final Map<String, String> variables;

  private ShellRig(ChildProcess loop, Path home, Bench bench, int port) {
    super(loop, port);
    this.home = home;
    this.bench = bench;
    this.variables = bench.workplace().variables();
  }

  static ShellRig start(Bench bench, BuiltRelease image, int port) throws IOException {
    Path home = bench.workplace().newFolder("shell");
    Files.createDirectory(home.resolve("releases"));
    Files.createSymbolicLink(
        home.resolve("releases").resolve(image.commit().id()), image.directory());
    Files.createSymbolicLink(home.resolve("current"), Path.of("releases", image.commit().id()));
    List<String> words = new ArrayList<>(List.of("sh", "-c", LOOP, "loop", home.toString()));
    words.addAll(bench.command(image, port));
    ChildProcess loop = ChildProcess.start(words, bench.workplace().variables(), home);
    return new ShellRig(loop, home, bench, port);
  }

  @Override
  public void stage(BuiltRelease release) throws IOException, InterruptedException {
    Path target = home.resolve("releases").resolve(release.commit().id());
    if (!Files.exists(target)) {
      run(STAGE, target.toString(), bench.store().archive(release).toString());
    }
  }

  @Override
  public void reload(BuiltRelease release) throws IOException, InterruptedException {
    run(RELOAD, home.toString(), release.commit().id());
  }

  private void run(String script, String first, String second)
      throws IOException, InterruptedException {
    try (ChildProcess shell =
        ChildProcess.start(List.of("sh", "-c", script, "sh", first, second), variables, home)) {
      OptionalInt code = shell.waitFor(TIMEOUT);
      if (code.isEmpty() || code.getAsInt() != 0) {
        throw new IOException("the script failed: " + String.join(" | ", shell.output().last(3)));
      }
    }
  }
}
