package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files that docs/install.md shows: the launcher understands what they tell it, and the times
 * in them fit together.
 */
class InstallDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static final Path ENTRYPOINT =
      ROOT.resolve("launcher/src/main/entrypoint/fastdeploy-entrypoint.sh");
  private static final Path INSTALL = ROOT.resolve("docs/install.md");

  @TempDir Path release;

  @Test
  void theDocumentsContainerfilesAreUnderstood() throws IOException {
    for (Path document : List.of(INSTALL, ROOT.resolve("README.md"))) {
      RunOptions options = options(image(document), Map.of());

      assertThat(options.probation().tellsReadiness()).as("%s", document).isTrue();
      assertThat(options.service().command()).contains("com.example.Main");
    }
  }

  @Test
  void theEntrypointIsThere() {
    assertThat(ENTRYPOINT).isExecutable();
  }

  @Test
  void theDemosContainerfileIsUnderstood() throws IOException {
    String text = Files.readString(ROOT.resolve("demo-service/Containerfile"));
    Containerfile image = Containerfile.parse(text.replace("${COMMIT}", "c1"));

    RunOptions options = options(image, Map.of());

    assertThat(options.probation().tellsReadiness()).isTrue();
    assertThat(options.image().commit().id()).isEqualTo("c1");
  }

  @Test
  void kubernetesIsToldWhatItMustKnow() throws IOException {
    Object pod = at(yaml(), "spec", "template", "spec");
    Object container = at(pod, "containers", 0);
    RunOptions options = options(image(INSTALL), variables(at(container, "env")));

    assertStopFits(options, seconds(pod, "terminationGracePeriodSeconds"));
    assertThat(at(container, "livenessProbe", "httpGet", "path")).isEqualTo("/live");
    assertThat(at(container, "livenessProbe", "httpGet", "port")).isEqualTo("health");
    Object ready = at(container, "readinessProbe");
    assertThat(at(ready, "httpGet", "path")).isEqualTo("/ready");
    assertThat(at(ready, "httpGet", "port")).isEqualTo("health");
    assertThat(((List<?>) at(container, "ports")))
        .anyMatch(
            port ->
                at(port, "name").equals("health")
                    && at(port, "containerPort")
                        .equals(options.platform().health().orElseThrow().port()));
    Duration untilTurnedAway =
        seconds(ready, "periodSeconds").multipliedBy(number(ready, "failureThreshold"));
    assertThat(untilTurnedAway).isLessThan(options.end().preDrain());
  }

  @Test
  void ecsIsToldWhatItMustKnow() throws IOException {
    Object container = at(JSON.std.mapFrom(block(INSTALL, "json")), "containerDefinitions", 1);
    RunOptions options = options(image(INSTALL), variables(at(container, "environment")));

    assertStopFits(options, seconds(container, "stopTimeout"));
    assertThat(at(container, "healthCheck", "command", 3).toString())
        .contains(
            "/127.0.0.1/" + options.platform().health().orElseThrow().port() + " ", "GET /live ");
  }

  @Test
  void systemdIsToldWhatItMustKnow() throws IOException {
    UnitFile unit = UnitFile.parse(block(INSTALL, "ini"));
    Containerfile command =
        new Containerfile(
            unit.environment(), Arrays.asList(unit.service("ExecStart").split(" +", -1)));

    RunOptions options = options(command, Map.of());

    assertThat(options.probation().tellsReadiness()).isTrue();
    assertStopFits(options, Duration.ofSeconds(Long.parseLong(unit.service("TimeoutStopSec"))));
  }

  @Test
  void theLongestTimeWithoutReadinessIsTheSumOfItsParts() throws IOException {
    RunOptions options =
        options(
            image(INSTALL),
            variables(at(yaml(), "spec", "template", "spec", "containers", 0, "env")));

    Duration longest =
        options
            .end()
            .preDrain()
            .plus(options.end().drainTimeout())
            .plus(ProcessContract.KILL_AFTER_DRAIN)
            .plus(options.probation().readyTimeout())
            .plus(options.end().drainTimeout())
            .plus(options.probation().readyTimeout());

    assertThat(Files.readString(INSTALL)).contains(longest.toSeconds() + " seconds at worst");
  }

  private static void assertStopFits(RunOptions options, Duration platform) {
    assertThat(options.end().preDrain()).isPositive();
    assertThat(options.end().preDrain().plus(options.end().drainTimeout()))
        .isLessThanOrEqualTo(options.end().stopTimeout());
    assertThat(options.end().stopTimeout()).isLessThan(platform);
  }

  /** What the launcher makes of an image's words and variables and of those of the platform. */
  private RunOptions options(Containerfile image, Map<String, String> platform) {
    Map<String, String> environment = new LinkedHashMap<>(image.environment());
    environment.putAll(platform);
    assertThat(environment.keySet()).allMatch(InstallDocumentTest::isSetting);
    List<String> words = image.words();
    assertThat(words.get(0)).endsWith(ENTRYPOINT.getFileName().toString());
    List<String> arguments = words.subList(1, words.size());
    // The parser wants a directory that exists.
    int option = arguments.indexOf("--release");
    if (option >= 0) {
      arguments.set(option + 1, release.toString());
    } else {
      assertThat(environment).containsKey(Setting.RELEASE.variable());
      environment.put(Setting.RELEASE.variable(), release.toString());
    }
    return RunOptions.parse(arguments, new Properties(), environment);
  }

  private static boolean isSetting(String variable) {
    return Arrays.stream(Setting.values())
        .filter(Setting::isLauncherOption)
        .anyMatch(setting -> setting.variable().equals(variable));
  }

  private static Containerfile image(Path document) throws IOException {
    return Containerfile.parse(block(document, "dockerfile"));
  }

  private static Object yaml() throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(block(INSTALL, "yaml"));
  }

  /** The block of a language in a document; fails if there is not exactly one. */
  private static String block(Path document, String language) throws IOException {
    Matcher blocks =
        Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
            .matcher(Files.readString(document));
    assertThat(blocks.find()).as("%s in %s", language, document).isTrue();
    String block = blocks.group(1);
    assertThat(blocks.find()).as("a second %s in %s", language, document).isFalse();
    return block;
  }

  /** The variables in a list of objects with name and value. */
  private static Map<String, String> variables(Object list) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Object variable : (List<?>) list) {
      variables.put((String) at(variable, "name"), (String) at(variable, "value"));
    }
    return variables;
  }

  private static Duration seconds(Object from, String key) {
    return Duration.ofSeconds(number(from, key));
  }

  private static long number(Object from, String key) {
    return ((Number) at(from, key)).longValue();
  }

  /** What lies at a path of keys and indexes; fails where there is nothing. */
  private static Object at(Object from, Object... path) {
    Object found = from;
    for (Object step : path) {
      Object next =
          step instanceof Integer index
              ? ((List<?>) found).get(index)
              : ((Map<?, ?>) found).get(step);
      if (next == null) {
        throw new AssertionError("there is no " + step + " of " + List.of(path));
      }
      found = next;
    }
    return found;
  }
}
