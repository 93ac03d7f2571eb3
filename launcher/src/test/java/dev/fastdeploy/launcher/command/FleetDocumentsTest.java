package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Step;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.UsualPlan;
import dev.fastdeploy.launcher.report.CleanWriter;
import dev.fastdeploy.launcher.report.FleetJson;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** What docs/fleet.md and the pipelines beside it say is what the command does. */
class FleetDocumentsTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Path JENKINS = DOCS.resolve("pipelines/Jenkinsfile");
  private static final Path GITHUB = DOCS.resolve("pipelines/github-actions.yml");
  private static final String COMMAND = "java -jar fastdeploy.jar ";
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern JENKINS_STEP =
      Pattern.compile("sh(?: |\\(returnStatus: true, script: )('''|')(.*?)\\1", Pattern.DOTALL);
  private static final MemberId MEMBER = new MemberId("m-1");
  private static final Commit STABLE = new Commit("c1");
  private static final Commit COMMIT = new Commit("c2");

  static List<String> pipelineCommands() throws IOException {
    return Stream.concat(githubSteps().stream(), jenkinsSteps().stream())
        .flatMap(step -> commands(step).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pipelineCommands")
  void isUnderstood(String command) {
    assertThatCode(() -> commandLine().parseArgs(words(command))).doesNotThrowAnyException();
  }

  @Test
  void bothPipelinesPublishPlanDeployAndTellWhatRuns() throws IOException {
    for (List<String> steps : List.of(githubSteps(), jenkinsSteps())) {
      assertThat(steps.stream().flatMap(step -> commands(step).stream()))
          .extracting(command -> command.split(" ", 2)[0])
          .containsExactly("publish", "plan", "deploy", "abort", "status");
    }
  }

  /** What is planned is what is deployed. */
  @Test
  void thePlanIsThatOfTheDeploy() throws IOException {
    for (List<String> steps : List.of(githubSteps(), jenkinsSteps())) {
      List<String> all = steps.stream().flatMap(step -> commands(step).stream()).toList();
      assertThat(all.get(2)).startsWith(all.get(1).replaceFirst("plan", "deploy"));
    }
  }

  /** Whoever cancels a pipeline must not end another's deploy. */
  @Test
  void whatIsAbortedIsThePipelinesOwnDeploy() throws IOException {
    for (List<String> steps : List.of(githubSteps(), jenkinsSteps())) {
      List<String> all = steps.stream().flatMap(step -> commands(step).stream()).toList();
      String id = all.get(3).split(" ", 3)[1];
      assertThat(all.get(2)).contains("--deploy-id " + id);
    }
  }

  @Test
  void thePipelinesNameNoVariableThatIsNoSetting() throws IOException {
    Pattern variable = Pattern.compile("FASTDEPLOY_[A-Z_]+");
    Set<String> known =
        Subcommand.RECORD_AND_CONTROL.stream()
            .map(setting -> setting.variable())
            .collect(Collectors.toSet());
    for (Path pipeline : List.of(JENKINS, GITHUB)) {
      Matcher named = variable.matcher(Files.readString(pipeline));
      assertThat(named.results().map(result -> result.group())).isNotEmpty().isSubsetOf(known);
    }
  }

  @Test
  void thePipelinesTellEachExitCode() throws IOException {
    for (Path pipeline : List.of(JENKINS, GITHUB)) {
      Matcher codes =
          Pattern.compile("(?m)^\\s*([1-9])(?:\\) echo|: ['\"])")
              .matcher(Files.readString(pipeline));
      assertThat(codes.results().map(result -> Integer.valueOf(result.group(1))))
          .containsExactlyElementsOf(
              Stream.of(Ending.values()).map(Ending::exitCode).filter(code -> code > 0).toList());
    }
  }

  @Test
  void theTableOfExitCodesIsThatOfTheEndings() throws IOException {
    Map<Integer, String> told = new TreeMap<>();
    for (List<String> row : table("## Exit codes")) {
      told.put(Integer.valueOf(row.get(0)), row.get(1));
    }

    assertThat(told)
        .isEqualTo(
            Stream.of(Ending.values())
                .collect(Collectors.toMap(Ending::exitCode, ending -> word(ending, ' '))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "rollback", "reconcile", "retry"})
  void theHelpTellsEachExitCode(String command) {
    String help = CommandRun.of(command, "--help").out();

    assertThat(help).contains("Where several fit, the highest");
    for (Ending ending : Ending.values()) {
      assertThat(help).containsPattern("\\b" + ending.exitCode() + " \\w");
    }
    assertThat(help)
        .contains("0 done", "2 partial", "3 rolled back", "4 aborted", "superseded", "6 artifact")
        .contains("7 not authorised", "8 no instances");
  }

  @Test
  void theTableOfEventsIsThatOfTheJson() throws IOException {
    Map<String, Set<String>> told = new TreeMap<>();
    for (List<String> row : table("## Events for programs")) {
      for (String event : codes(row.get(0))) {
        told.put(event, new TreeSet<>(codes(row.get(1))));
      }
    }

    assertThat(told).isEqualTo(new TreeMap<>(printed()));
  }

  /** Words that a program compares stand in the document, each in a cell or a sentence. */
  @Test
  void theDocumentTellsTheWordsOfEachField() throws IOException {
    String section = section("## Events for programs");
    List<Enum<?>> words = new ArrayList<>();
    words.addAll(List.of(Ending.values()));
    words.addAll(List.of(Cause.values()));
    words.addAll(List.of(Step.values()));
    words.addAll(List.of(GateAnswer.values()));

    assertThat(codes(section)).containsAll(words.stream().map(one -> word(one, '-')).toList());
    assertThat(section).contains("`version` (" + FleetJson.VERSION + ")");
  }

  @Test
  void theOptionsThatTheDocumentNamesExist() throws IOException {
    Set<String> known =
        new TreeSet<>(
            Set.of(
                "--register", "--register-as", "--control-listen", "--follow", "--follow-timeout"));
    known.add("--control-deploy-identities");
    for (CommandLine command : commandLine().getSubcommands().values()) {
      known.addAll(command.getCommandSpec().optionsMap().keySet());
    }
    Set<String> named = new TreeSet<>();
    for (String code : codes(text())) {
      OPTION.matcher(code).results().forEach(option -> named.add(option.group()));
    }

    assertThat(named).isNotEmpty().isSubsetOf(known);
  }

  /** Each command for a fleet is in the table at the top, and no other. */
  @Test
  void theTableOfCommandsNamesThemAll() throws IOException {
    Set<String> told = new TreeSet<>();
    for (List<String> row : table("# Fleets")) {
      codes(row.get(0)).forEach(code -> told.add(code.split(" ", 2)[0]));
    }

    Set<String> ofFleets = new TreeSet<>();
    commandLine()
        .getSubcommands()
        .forEach(
            (name, line) -> {
              boolean readsRecord = line.getCommandSpec().findOption("--env") != null;
              boolean byItsHome = line.getCommandSpec().findOption("--home") != null;
              boolean bySource = line.getCommandSpec().findOption("--fleet") != null;
              if (readsRecord && (bySource || !byItsHome)) {
                ofFleets.add(name);
              }
            });
    assertThat(told).isEqualTo(ofFleets);
  }

  /** The defaults that the document tells in brackets behind an option. */
  @Test
  void theDefaultsThatTheDocumentTellsAreTheCommands() throws IOException {
    Map<String, CommandLine> commands = commandLine().getSubcommands();
    Matcher told =
        Pattern.compile("`(--[a-z-]+)` \\((\\d+(?:%|[smh])?)\\)")
            .matcher(text().replace('\n', ' '));
    Map<String, String> defaults = new LinkedHashMap<>();
    while (told.find()) {
      defaults.put(told.group(1), told.group(2));
    }

    assertThat(defaults).hasSizeGreaterThan(5);
    defaults.forEach(
        (option, value) ->
            assertThat(
                    at(commands, "deploy", CommandLine.class)
                        .getCommandSpec()
                        .findOption(option)
                        .initialValue())
                .as(option)
                .hasToString(value));
  }

  @Test
  void thePoliciesLetPipelinesWriteAndNobodyDelete() throws IOException {
    List<String> policies =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
            .matcher(text())
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(policies).hasSize(2);
    assertThat(actions(policies.get(0))).containsExactlyInAnyOrder("s3:GetObject", "s3:ListBucket");
    assertThat(actions(policies.get(1)))
        .containsExactlyInAnyOrder("s3:GetObject", "s3:PutObject", "s3:ListBucket");
  }

  private static Set<String> actions(String policy) throws IOException {
    Set<String> actions = new TreeSet<>();
    for (Object statement : at(JSON.std.mapFrom(policy), "Statement", List.class)) {
      Object action = ((Map<?, ?>) statement).get("Action");
      (action instanceof List<?> several ? several : List.of(action))
          .forEach(one -> actions.add(one.toString()));
    }
    return actions;
  }

  /** The events that are printed, each with its fields. */
  private static Map<String, Set<String>> printed() throws IOException {
    StringWriter out = new StringWriter();
    FleetJson json = new FleetJson(new CleanWriter(out), Clock.systemUTC());
    Summary summary =
        new Summary(
            Ending.PARTIAL,
            "",
            1,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            Map.of(Cause.ARTIFACT, 1),
            List.of(),
            false,
            Set.of());
    json.begun(1, 0, plan());
    events().forEach(json::said);
    json.interrupted(new DeployId("d-1"));
    json.over(1, new DeployId("d-1"), summary);
    Map<String, Set<String>> printed = new LinkedHashMap<>();
    for (String line : out.toString().lines().toList()) {
      Map<String, Object> object = JSON.std.mapFrom(line);
      Set<String> fields = new TreeSet<>(object.keySet());
      assertThat(fields.removeAll(Set.of("version", "event", "time"))).isTrue();
      printed.put(at(object, "event", String.class), fields);
    }
    return printed;
  }

  /** One of each kind; fails if there is a kind of which there is none. */
  private static List<Event> events() {
    Member member = new Member(MEMBER, "h:1", "a");
    List<Event> events =
        List.of(
            new Event.Entered("staging"),
            new Event.Found(MEMBER, "h:1", "a", COMMIT, true, true),
            new Event.Joined(member),
            new Event.NewImage(MEMBER, COMMIT),
            new Event.Vanished(MEMBER),
            new Event.Returned(MEMBER, "h:2"),
            new Event.SameMember(MEMBER, new MemberId("m-2")),
            new Event.Begun(MEMBER, COMMIT),
            new Event.Went(MEMBER, Step.ACCEPTED),
            new Event.Proven(MEMBER, COMMIT),
            new Event.Failed(MEMBER, Cause.APPLICATION, "why", List.of("line"), false),
            new Event.SourceUnknown("s", "why"),
            new Event.Recording(false, "why"),
            new Event.Recording(true, ""),
            new Event.Paused(true, "somebody", "why"),
            new Event.Paused(false, "somebody", "why"),
            new Event.Gate(1, GateAnswer.GOOD, ""),
            new Event.Stopped("why"));
    assertThat(events.stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    return events;
  }

  private static Plan plan() {
    return UsualPlan.of(new DeployId("d-1"), COMMIT, STABLE, "h:1");
  }

  private static String word(Enum<?> constant, char between) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', between);
  }

  private static List<String> githubSteps() throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<?, ?> workflow = yaml.load(Files.readString(GITHUB));
    Map<?, ?> job = at(at(workflow, "jobs", Map.class), "deploy", Map.class);
    List<String> steps = new ArrayList<>();
    for (Object step : at(job, "steps", List.class)) {
      if (((Map<?, ?>) step).containsKey("run")) {
        steps.add(at((Map<?, ?>) step, "run", String.class));
      }
    }
    return steps;
  }

  private static <T> T at(Map<?, ?> map, String key, Class<T> type) {
    return type.cast(Objects.requireNonNull(map.get(key), key));
  }

  private static List<String> jenkinsSteps() throws IOException {
    String text = Files.readString(JENKINS);
    assertThat(text.chars().filter(letter -> letter == '{').count())
        .isEqualTo(text.chars().filter(letter -> letter == '}').count());
    return JENKINS_STEP.matcher(text).results().map(step -> step.group(2)).toList();
  }

  /** The commands of a step in the shell, without what follows them there. */
  private static List<String> commands(String step) {
    return step.replaceAll("\\\\\n\\s*", "")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(COMMAND))
        .map(line -> line.substring(COMMAND.length()).replaceAll(" \\|\\| .*", ""))
        .toList();
  }

  /** As a shell reads them; no word has a space in it, and a variable has some value. */
  private static String[] words(String command) {
    return Arrays.stream(command.split("\\s+", -1))
        .map(word -> word.replace("\"", "").replaceAll("\\$[A-Z_]+", "x1"))
        .toArray(String[]::new);
  }

  private static CommandLine commandLine() {
    return RootCommand.commandLine(
        new CommandContext(
            new CleanWriter(new StringWriter()),
            new CleanWriter(new StringWriter()),
            new Properties(),
            Map.of(),
            Clock.systemUTC(),
            false,
            80,
            Path.of("fastdeploy.jar")));
  }

  private static String text() throws IOException {
    return Files.readString(DOCS.resolve("fleet.md"));
  }

  private static String section(String heading) throws IOException {
    String text = text();
    int start = text.indexOf(heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    int end = text.indexOf("\n## ", start + heading.length());
    return text.substring(start, end < 0 ? text.length() : end);
  }

  /** The rows of the first table below a heading, without its head. */
  private static List<List<String>> table(String heading) throws IOException {
    return section(heading)
        .lines()
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(
            line ->
                Stream.of(line.substring(1, line.length() - 1).split(" \\| ", -1))
                    .map(String::strip)
                    .toList())
        .toList();
  }

  private static List<String> codes(String text) {
    return CODE.matcher(text).results().map(code -> code.group(1)).toList();
  }
}
