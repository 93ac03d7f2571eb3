package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.plan.Budget;
import dev.fastdeploy.launcher.fleet.plan.Manner;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Patience;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import dev.fastdeploy.launcher.fleet.plan.Window;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that shape the deploy of a fleet. */
final class PlanOptions {

  @Option(
      names = "--canary",
      paramLabel = "N|N%",
      description = "instances that go first; none of them may fail (default: no canary)")
  private String canary = "0";

  @Option(
      names = "--waves",
      paramLabel = "5%,25%,100%",
      description =
          "how much of the fleet has moved after each wave, comma-separated (default:"
              + " ${DEFAULT-VALUE})")
  private String waves = "100%";

  @Option(
      names = "--bake",
      paramLabel = "DURATION",
      description =
          "how long each wave is watched before the next begins (default: ${DEFAULT-VALUE})")
  private String bake = "0s";

  @Option(
      names = "--zones",
      paramLabel = "A,B",
      description = "comma-separated zones, in the order in which they move (default: any order)")
  private String zones = "";

  @Option(
      names = "--gate",
      paramLabel = "exec:COMMAND",
      description =
          "command that judges each bake: exit code 0 is good, 1 is bad, any other is undecided")
  private @Nullable String gate;

  @Option(
      names = "--gate-timeout",
      paramLabel = "DURATION",
      description =
          "how long a gate may stay undecided before that counts as bad (default:"
              + " ${DEFAULT-VALUE})")
  private String gateTimeout = "10m";

  @Option(
      names = "--pause-timeout",
      paramLabel = "DURATION",
      description =
          "how long a pause may last before it counts as a failure; 0s: for ever (default:"
              + " ${DEFAULT-VALUE})")
  private String pauseTimeout = "1h";

  @Option(
      names = "--min-ready",
      paramLabel = "N|N%",
      description = "instances that must stay in service (default: no minimum)")
  private String minReady = "0";

  @Option(
      names = "--max-failed",
      paramLabel = "N|N%",
      description = "how many instances may fail (default: ${DEFAULT-VALUE})")
  private String maxFailed = "0";

  @Option(
      names = "--max-unreachable",
      paramLabel = "N|N%",
      description = "how many instances may be unreachable (default: ${DEFAULT-VALUE})")
  private String maxUnreachable = "5%";

  @Option(
      names = "--judge-from",
      paramLabel = "N",
      description = "number of failures before a percentage is applied (default: ${DEFAULT-VALUE})")
  private int judgeFrom = 1;

  @Option(
      names = "--success-at",
      paramLabel = "N|N%",
      description =
          "how much of the fleet must be proven for the deploy to be done (default:"
              + " ${DEFAULT-VALUE})")
  private String successAt = "100%";

  @Option(
      names = "--on-failure",
      paramLabel = "rollback|hold",
      description =
          "what happens to the moved instances if the deploy fails (default: ${DEFAULT-VALUE})")
  private String onFailure = "rollback";

  @Option(
      names = "--rollback-all-at-once",
      description = "let a rollback ignore --max-unavailable and --min-ready")
  private boolean rollbackAllAtOnce;

  @Option(
      names = "--unhealthy-too",
      description = "begin even if fewer than --min-ready instances are in service")
  private boolean unhealthyToo;

  @Option(
      names = "--staging",
      paramLabel = "N",
      description =
          "how many instances may fetch the release at a time (default: ${DEFAULT-VALUE})")
  private int staging = 200;

  @Option(
      names = "--stage-timeout",
      paramLabel = "DURATION",
      description = "time for each instance to fetch the release (default: ${DEFAULT-VALUE})")
  private String stageTimeout = "5m";

  @Option(
      names = "--progress-timeout",
      paramLabel = "DURATION",
      description =
          "the deploy fails if no further instance is proven for this long (default:"
              + " ${DEFAULT-VALUE})")
  private String progressTimeout = "10m";

  @Option(
      names = "--tail-timeout",
      paramLabel = "DURATION",
      description =
          "time for the rest of the fleet once --success-at is reached (default: ${DEFAULT-VALUE})")
  private String tailTimeout = "5m";

  @Option(
      names = "--change-fleet",
      description = "deploy to other sources than last time; the stable commit does not change")
  private boolean changeFleet;

  boolean changeFleet() {
    return changeFleet;
  }

  /** Returns the command that a gate runs, or an empty string without a gate. */
  private String gateCommand() {
    return gate == null ? "" : ShellWords.command("--gate", gate);
  }

  /**
   * Returns the plan.
   *
   * @param stable the stable commit of the environment; null before the first deploy that was done
   * @param goBack whether this is a rollback
   * @param movesStable whether the commit becomes the stable one when the deploy is done
   * @param sources the names of the sources
   * @param lease how long the command may be silent
   * @param force whether to deploy also to instances that rolled the commit back before
   * @throws IllegalArgumentException if an option is wrong, with a message for the user
   */
  Plan plan(
      DeployId deploy,
      String app,
      String environment,
      Commit commit,
      @Nullable Commit stable,
      boolean goBack,
      boolean movesStable,
      List<String> sources,
      Duration lease,
      boolean force,
      WaveOptions each) {
    return new Plan(
        deploy,
        app,
        environment,
        commit,
        stable,
        goBack,
        movesStable,
        sources,
        new Waves(
            share("--canary", canary),
            steps(),
            Settings.parseDuration("--bake", bake),
            gate != null,
            zones.isEmpty() ? List.of() : List.of(zones.split(",", -1))),
        new Window(
            maxUnavailable(each), share("--min-ready", minReady), atLeastOne("--staging", staging)),
        new Budget(
            share("--max-failed", maxFailed),
            share("--max-failed", maxFailed),
            share("--max-unreachable", maxUnreachable),
            atLeastOne("--judge-from", judgeFrom)),
        patience(each, lease),
        share("--success-at", successAt),
        onFailure(),
        rollbackAllAtOnce,
        unhealthyToo,
        new Manner(each.strategy(), force, gateCommand()));
  }

  /** Numbers and percentages cannot be compared, so each kind must rise by itself. */
  private List<Share> steps() {
    List<Share> steps =
        Stream.of(waves.split(",", -1)).map(wave -> share("--waves", wave.strip())).toList();
    String wrong = steps.get(steps.size() - 1).equals(Share.ALL) ? "" : "the last one must be 100%";
    for (boolean ofFleet : List.of(false, true)) {
      List<Integer> amounts =
          steps.stream().filter(step -> step.ofFleet() == ofFleet).map(Share::amount).toList();
      if (!amounts.equals(amounts.stream().sorted().distinct().toList())) {
        wrong = "they must rise, as in 5%,25%,100%";
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "--waves '"
              + Text.shortened(waves, 100)
              + "' does not lead to the whole fleet: "
              + wrong);
    }
    return steps;
  }

  private static Share maxUnavailable(WaveOptions each) {
    Share share = share("--max-unavailable", each.maxUnavailable());
    if (share.amount() == 0) {
      throw new IllegalArgumentException(
          "--max-unavailable '"
              + each.maxUnavailable()
              + "' would let no instance change; give at least 1");
    }
    return share;
  }

  private static int atLeastOne(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " '" + number + "' is too few; give at least 1");
    }
    return number;
  }

  private Patience patience(WaveOptions each, Duration lease) {
    return new Patience(
        each.connectTimeout(),
        OrderOptions.positive("--stage-timeout", stageTimeout),
        each.timeout(),
        Patience.DEFAULT.silence(),
        OrderOptions.positive("--progress-timeout", progressTimeout),
        OrderOptions.positive("--gate-timeout", gateTimeout),
        Patience.DEFAULT.gatePause(),
        Settings.parseDuration("--pause-timeout", pauseTimeout),
        OrderOptions.positive("--tail-timeout", tailTimeout),
        Patience.DEFAULT.sweep(),
        lease);
  }

  private OnFailure onFailure() {
    return switch (onFailure) {
      case "rollback" -> OnFailure.ROLLBACK;
      case "hold" -> OnFailure.HOLD;
      default ->
          throw new IllegalArgumentException(
              "--on-failure '"
                  + Text.shortened(onFailure, 60)
                  + "' is not known; write "
                  + Stream.of(OnFailure.values())
                      .map(one -> one.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(" or ")));
    };
  }

  private static Share share(String option, String text) {
    try {
      return Share.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(option + ' ' + wrong.getMessage(), wrong);
    }
  }
}
