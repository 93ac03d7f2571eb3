package dev.fastdeploy.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;

/** The real {@code redis-server}, with what a test asks it by {@code redis-cli}. */
final class RedisProcess implements AutoCloseable {

  private final ChildProcess server;
  private final int port;

  private RedisProcess(ChildProcess server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts it in a folder; a test is skipped where it is not installed. */
  static RedisProcess start(Path folder) throws Exception {
    for (String program : List.of("redis-server", "redis-cli")) {
      assumeTrue(runs(program), "there is no " + program + " in PATH");
    }
    int port = FreePorts.one();
    ChildProcess server =
        ChildProcess.start(
            List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", ""),
            Map.of(),
            folder);
    RedisProcess redis = new RedisProcess(server, port);
    Awaitility.await("redis-server")
        .atMost(TestBed.PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> redis.ask("PING").equals(List.of("PONG")));
    return redis;
  }

  private static boolean runs(String program) throws Exception {
    try (ChildProcess process = ChildProcess.start(List.of(program, "--version"), Map.of(), null)) {
      return process.waitFor(TestBed.PATIENCE).equals(OptionalInt.of(0));
    } catch (IOException missing) {
      return false;
    }
  }

  /** The lines of an answer. */
  List<String> ask(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-e", "-p", "" + port));
    command.addAll(List.of(words));
    try (ChildProcess client = ChildProcess.start(command, Map.of(), null)) {
      OptionalInt code = client.waitFor(TestBed.PATIENCE);
      if (!code.equals(OptionalInt.of(0))) {
        throw new IOException(command + ": " + client.output().lines());
      }
      return client.output().stdout().stream().filter(line -> !line.isEmpty()).toList();
    }
  }

  /** Where a sorted set is, as it is named to fastdeploy. */
  String set(String key) {
    return "redis://127.0.0.1:" + port + "/" + key;
  }

  @Override
  public void close() {
    server.close();
  }
}
