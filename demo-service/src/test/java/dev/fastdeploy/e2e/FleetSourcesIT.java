package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources of a fleet by the code of {@code fastdeploy.jar}, which has two folders of libraries. */
@Timeout(120)
class FleetSourcesIT {

  private static final String TASK = "arn:aws:ecs:eu-west-1:123456789012:task/prod/t1";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("dev.fastdeploy.e2e.Jdks#all")
  void aSourceWithoutALibraryOfItsOwnUnpacksNone(Jdk jdk) throws Exception {
    Path file = Files.writeString(folder.resolve("fleet"), "10.0.0.2:7400\n");

    List<String> answers = ask(jdk, Map.of(), "10.0.0.1:7400", "file:" + file);

    assertThat(answers).hasSize(2).allMatch(answer -> answer.startsWith("Seen["), "seen");
    assertThat(libraries()).noneMatch(FleetSourcesIT::isForFleets).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.fastdeploy.e2e.Jdks#all")
  void ecsIsAskedByTheLibraryThatIsUnpackedForIt(Jdk jdk) throws Exception {
    HttpServer ecs =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ecs.createContext("/", FleetSourcesIT::answer);
    ecs.start();
    try {
      Map<String, String> environment =
          Map.of(
              "AWS_ENDPOINT_URL_ECS",
              "http://127.0.0.1:" + ecs.getAddress().getPort(),
              "AWS_REGION",
              "eu-west-1",
              "AWS_ACCESS_KEY_ID",
              "id",
              "AWS_SECRET_ACCESS_KEY",
              "secret");

      List<String> answers = ask(jdk, environment, "ecs:prod/shop");

      assertThat(answers).singleElement().asString().startsWith("Seen[").contains("10.0.0.7");
      assertThat(libraries()).filteredOn(FleetSourcesIT::isForFleets).hasSize(2);
    } finally {
      ecs.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String call = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    byte[] answer =
        (call.endsWith(".ListTasks")
                ? "{\"taskArns\":[\"" + TASK + "\"]}"
                : """
                  {"tasks":[{"taskArn":"%s","lastStatus":"RUNNING","desiredStatus":"RUNNING",
                  "attachments":[{"type":"ElasticNetworkInterface","status":"ATTACHED",
                  "details":[{"name":"privateIPv4Address","value":"10.0.0.7"}]}]}]}
                  """
                    .formatted(TASK))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @ParameterizedTest
  @MethodSource("dev.fastdeploy.e2e.Jdks#all")
  void redisIsAskedByTheLibraryThatIsUnpackedForIt(Jdk jdk) throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder)) {
      redis.ask("ZADD", "shop", "9e15", "10.0.0.8:7400|a|i-8");

      List<String> answers = ask(jdk, Map.of(), redis.set("shop"));

      assertThat(answers).singleElement().asString().startsWith("Seen[").contains("10.0.0.8");
      assertThat(libraries()).filteredOn(FleetSourcesIT::isForFleets).hasSize(2);
    }
  }

  private List<String> ask(Jdk jdk, Map<String, String> environment, String... sources)
      throws Exception {
    Path jar = BuildOutput.own().fastdeployJar();
    List<String> words = new ArrayList<>();
    words.add(jdk.java().toString());
    words.add("-cp");
    words.add(jar + File.pathSeparator + classes());
    words.add(FleetSourceMain.class.getName());
    words.add(jar.toString());
    words.add(folder.resolve("libraries").toString());
    words.addAll(List.of(sources));
    try (ChildProcess process = ChildProcess.start(words, environment, null)) {
      OptionalInt exitCode = process.waitFor(TestBed.PATIENCE);
      assertThat(exitCode).as(process.output().lines().toString()).hasValue(0);
      return process.output().stdout();
    }
  }

  private static Path classes() {
    return Path.of(
        FleetSourceMain.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private List<String> libraries() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("libraries"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(f -> f.endsWith(".jar"))
          .toList();
    }
  }

  private static boolean isForFleets(String library) {
    return library.matches("(ecs|jedis)-.*");
  }
}
