package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services in other languages: no agent, the command on the same machine, and an agreed code. */
@Timeout(120)
class AgentlessIT extends OnOneJdk {

  private static final String NODE_SERVICE =
      """
      const http = require('http');
      const commit = require('fs').readFileSync('commit', 'utf8').trim();
      if (commit === 'broken') process.exit(4);
      http.createServer((request, response) => {
        response.end(commit + '\\n', () => { if (request.url === '/reload') process.exit(75); });
      }).listen(process.env.PORT, '127.0.0.1');
      """;

  private static final String SHELL_SERVICE =
      """
      echo "shell $(cat commit)"
      while [ ! -e "$FASTDEPLOY_HOME/go" ]; do sleep 0.05; done
      rm "$FASTDEPLOY_HOME/go"
      exit 75
      """;

  @Test
  void aNodeServiceIsDeployedAndABrokenReleaseComesBack() throws Exception {
    assumeTrue(hasNode(), "there is no Node.js on this machine");
    bed.publish(release("c2", "service.js", NODE_SERVICE), "c2");
    bed.publish(release("broken", "service.js", NODE_SERVICE), "broken");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(release("c1", "service.js", NODE_SERVICE), "c1")
                .flag("--no-agent")
                .option("--reload-exit-code", 75)
                .option("--ready", "http:" + bed.port() + "/")
                .environment("PORT", "" + bed.port())
                .command(List.of("node", "service.js")));
    bed.awaitServing("c1", launcher);

    stage("c2");
    activate("c2");
    reload();
    bed.awaitServing("c2", launcher);
    awaitInStatus("\"proven\":\"c2\"");

    stage("broken");
    activate("broken");
    reload();
    awaitInStatus("\"broken\"");
    bed.awaitServing("c2", launcher);

    assertThat(home("rollback").exitCode()).isZero();
    reload();
    bed.awaitServing("c1", launcher);
  }

  @Test
  void aShellScriptIsDeployed() throws Exception {
    bed.publish(release("c2", "service.sh", SHELL_SERVICE), "c2");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(release("c1", "service.sh", SHELL_SERVICE), "c1")
                .flag("--no-agent")
                .option("--reload-exit-code", 75)
                .option("--ready-after", "200ms")
                .command(List.of("sh", "service.sh")));
    launcher.output().await(line -> line.equals("shell c1"), TestBed.PATIENCE);

    stage("c2");
    activate("c2");
    Files.createFile(bed.home().resolve("go"));

    assertThat(launcher.output().await(line -> line.equals("shell c2"), TestBed.PATIENCE))
        .isPresent();
    awaitInStatus("\"proven\":\"c2\"");
  }

  @Test
  void aReleaseThatKeepsAskingToBeStartedIsTakenBack() throws Exception {
    bed.publish(release("c2", "service.sh", "exit 75"), "c2");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(release("c1", "service.sh", SHELL_SERVICE), "c1")
                .flag("--no-agent")
                .option("--reload-exit-code", 75)
                .option("--ready-after", "200ms")
                .command(List.of("sh", "service.sh")));
    launcher.output().await(line -> line.equals("shell c1"), TestBed.PATIENCE);
    stage("c2");
    activate("c2");
    Files.createFile(bed.home().resolve("go"));

    awaitInStatus("it ended with code 75 before it was ready");
    assertThat(launcher.alive()).isTrue();
  }

  @Test
  void whatAGivenUpReleaseStartedIsEndedToo() throws Exception {
    bed.publish(release("c2", "service.sh", "sleep 77 & echo $! > ../../pid; wait"), "c2");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(release("c1", "service.sh", SHELL_SERVICE), "c1")
                .flag("--no-agent")
                .option("--reload-exit-code", 75)
                .option("--ready", "tcp:" + bed.port())
                .option("--ready-timeout", "1s")
                .command(List.of("sh", "service.sh")));
    launcher.output().await(line -> line.equals("shell c1"), TestBed.PATIENCE);
    stage("c2");
    activate("c2");
    Files.createFile(bed.home().resolve("go"));

    awaitInStatus("it was not ready after 1000 ms");
    long descendant = Long.parseLong(Files.readString(bed.ownHome().resolve("pid")).strip());
    Awaitility.await()
        .atMost(TestBed.PATIENCE)
        .until(() -> ProcessHandle.of(descendant).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void withoutAWayToTellReadinessNothingIsActivated() throws Exception {
    bed.publish(release("c2", "service.sh", SHELL_SERVICE), "c2");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(release("c1", "service.sh", SHELL_SERVICE), "c1")
                .flag("--no-agent")
                .option("--reload-exit-code", 75)
                .command(List.of("sh", "service.sh")));
    launcher.output().await(line -> line.equals("shell c1"), TestBed.PATIENCE);
    stage("c2");

    CommandResult result = bed.run("activate", "c2", "--home", bed.home());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).singleElement().asString().contains("--ready");
  }

  private void stage(String commit) throws Exception {
    CommandResult result =
        bed.run("stage", commit, "--home", bed.home(), "--store", bed.store(), "--app", "shop");
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private void activate(String commit) throws Exception {
    CommandResult result = bed.run("activate", commit, "--home", bed.home());
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private CommandResult home(String command) throws Exception {
    return bed.run(command, "--home", bed.home());
  }

  private void awaitInStatus(String text) {
    Awaitility.await(text)
        .atMost(TestBed.PATIENCE)
        .until(
            () ->
                String.join("", bed.run("status", "--home", bed.home(), "--json").stdout())
                    .contains(text));
  }

  private void reload() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + bed.port() + "/reload").toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    connection.disconnect();
  }

  private Path release(String commit, String file, String content) throws IOException {
    Path release = Files.createDirectories(folder.resolve("built").resolve(commit));
    Files.writeString(release.resolve("commit"), commit + "\n");
    Files.writeString(release.resolve(file), content);
    return release;
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      return node.waitFor(10, TimeUnit.SECONDS) && node.exitValue() == 0;
    } catch (IOException noNode) {
      return false;
    }
  }
}
