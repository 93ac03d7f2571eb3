package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpPageTest {

  static List<String> subcommands() {
    Set<String> others = Set.of("run", "current", "help");
    return RootCommand.commandLine(CommandRun.context(new StringWriter(), new StringWriter()))
        .getSubcommands()
        .keySet()
        .stream()
        .filter(name -> !others.contains(name))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("subcommands")
  void linesFitAndValuesHaveAKind(String subcommand) {
    String help = help(subcommand);

    assertThat(help).startsWith("Usage: fastdeploy " + subcommand + " ").contains("--help");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(help)
        .doesNotContain("=VALUE", "%%", "${")
        .doesNotContainPattern("--[a-z-]+\\.[a-z]");
  }

  @Test
  void wordsStayWhole() {
    assertThat(help("deploy"))
        .contains("file:PATH", "exec:COMMAND", "k8s:NAMESPACE/SERVICE", "ecs:CLUSTER/SERVICE")
        .contains("--zones=A,B", "s3://BUCKET[/PREFIX]", "--control-tls-cert");
    assertThat(help("publish")).contains(".tgz", ".tar.zst");
    assertThat(help("unfollow")).contains("(--follow)");
  }

  @Test
  void theUsageTellsWhatIsAlwaysNeeded() {
    assertThat(usage("publish"))
        .contains("--store=PLACE", "--app=NAME", "--commit=ID", "[options]", "DIR|TARBALL");
    assertThat(usage("plan")).contains("--fleet=SOURCE", "--env=NAME", "COMMIT");
    assertThat(usage("deploy")).isEqualTo("Usage: fastdeploy deploy [options] COMMIT");
    assertThat(usage("status")).isEqualTo("Usage: fastdeploy status [options]");
    assertThat(usage("watch")).contains("--env=NAME", "[ID]");
    assertThat(usage("lock")).contains("--reason=TEXT");
  }

  @Test
  void settingsShowTheirDefaultAndTheirKind() {
    assertThat(help("deploy"))
        .contains("--store-path-style=true|false", "--store-timeout=DURATION", "(default: 30s)")
        .contains("--max-unreachable=N|N%", "(default: 5%)", "--control-token-file=FILE");
    assertThat(help("stage")).contains("--staging-timeout=DURATION", "(default: 15m)");
  }

  @Test
  void filesOfTheClientAreToldAsTheClients() {
    assertThat(help("status").replaceAll("\\s+", " "))
        .contains("file whose first line is the token that this client shows")
        .contains("certificate chain of this client")
        .contains("the instances' certificates must be signed by")
        .doesNotContain("file of tokens that may deploy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "reconcile", "retry"})
  void whatACommandRefusesIsNotOffered(String subcommand) {
    assertThat(help(subcommand)).doesNotContain("--target", "--targets-file");
    assertThat(help("plan")).doesNotContain("--json");
  }

  @Test
  void theSpellingWithDotsIsUnderstood() {
    assertThat(CommandRun.of("status", "--target", "h:1", "--control.token.file", "/no/such").err())
        .contains("/no/such");
    assertThat(CommandRun.of("status", "--home", "h", "--control.tls.ca=a", "--control-tls-ca=b"))
        .extracting(CommandRun::err)
        .asString()
        .contains("only once");
  }

  @Test
  void theListOfSubcommandsBreaksAtBlanksAlone() {
    String help = CommandRun.of("help").out();

    assertThat(help).contains("(--follow)").containsOnlyOnce("Commands:").doesNotContain("%n");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private static String help(String subcommand) {
    CommandRun run = CommandRun.of(subcommand, "--help");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  /** The lines before the description. */
  private static String usage(String subcommand) {
    List<String> lines = help(subcommand).lines().toList();
    String usage = lines.get(0);
    for (int i = 1; lines.get(i).startsWith(" "); i++) {
      usage += lines.get(i);
    }
    return usage;
  }
}
