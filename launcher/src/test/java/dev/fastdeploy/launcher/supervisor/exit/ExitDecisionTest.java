package dev.fastdeploy.launcher.supervisor.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.LastKnown;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.ReloadCode;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be known when the service ends, and what follows. */
class ExitDecisionTest {

  private static final Path DOCUMENT = Path.of("../docs/architecture.md");
  private static final String HEADING = "## What follows when the service ends";
  private static final Commit FAILED = new Commit("c2");
  private static final int RELOAD = 75;

  private static final List<Trial> TRIALS =
      List.of(
          new Trial.OnProbation(Optional.empty(), false),
          new Trial.OnProbation(Optional.empty(), true),
          new Trial.OnProbation(Optional.of("it was not ready"), false),
          new Trial.OnProbation(Optional.of("it showed no classes"), true),
          new Trial.Restoring(FAILED, false),
          new Trial.Restoring(FAILED, true),
          new Trial.Over());

  private static final Map<String, Predicate<ExitFacts>> STOP =
      Map.of("yes", ExitFacts::stopRequested, "no", facts -> !facts.stopRequested());

  private static final Map<String, Predicate<ExitFacts>> AGENT =
      Map.of(
          "has announced a reload", knew(LastKnown.ReloadAnnounced.class),
          "was never heard of", knew(LastKnown.WithoutAgent.class),
          "", ExitDecisionTest::any);

  private static final Map<String, Predicate<ExitFacts>> CODE =
      Map.of(
          "0",
          facts -> facts.code() == 0,
          "the reload code",
          ExitFacts::endedWithReloadCode,
          "the reload code, set explicitly",
          ExitFacts::endedWithAgreedCode,
          "",
          ExitDecisionTest::any);

  private static final Map<String, Predicate<ExitFacts>> RELEASE =
      Map.of(
          "on probation in place", knew(LastKnown.OnProbationInPlace.class),
          "on probation", tried(Trial.OnProbation.class, trial -> true),
          "restoring, not the image's", tried(Trial.Restoring.class, trial -> !trial.isImage()),
          "past probation", tried(Trial.Over.class, trial -> true),
          "", ExitDecisionTest::any);

  private static final Map<String, Predicate<ExitDecision>> FOLLOWS =
      Map.of(
          "the launcher ends with the service's code", ExitDecision.End.class::isInstance,
          "the launcher ends with the signal's code", ExitDecision.EndBySignal.class::isInstance,
          "a reload, at once", new ExitDecision.Reload(true)::equals,
          "a reload, 300 ms after the last start at the earliest",
              new ExitDecision.Reload(false)::equals,
          "the release is rolled back", ExitDecision.RollBack.class::isInstance,
          "the image's release is started", ExitDecision.StartImage.class::isInstance,
          "a restart as `--restart` allows, else the launcher ends with the service's code",
              ExitDecision.RestartAfterCrash.class::isInstance);

  private record Row(String text, Predicate<ExitFacts> fits, Predicate<ExitDecision> follows) {}

  @ParameterizedTest
  @MethodSource("all")
  void isAsTheFirstRowSaysThatFits(ExitFacts facts) throws IOException {
    Row row = first(documented(), facts).orElseThrow();

    assertThat(ExitDecision.of(facts)).as(row.text()).matches(row.follows());
  }

  @Test
  void noRowIsInVain() throws IOException {
    List<Row> rows = documented();

    assertThat(all().stream().map(facts -> first(rows, facts).orElseThrow())).containsAll(rows);
  }

  @Test
  void theTableNamesEachDecision() throws IOException {
    List<Row> rows = documented();

    assertThat(FOLLOWS.values())
        .allMatch(follows -> rows.stream().anyMatch(row -> row.follows() == follows));
    assertThat(all().stream().map(ExitDecision::of).<Class<?>>map(Object::getClass))
        .contains(ExitDecision.class.getPermittedSubclasses());
  }

  /** A release that fails on probation is refused with this reason and code. */
  @ParameterizedTest
  @CsvSource({
    "7,  false, , it ended with code 7 before it was ready, 7",
    "0,  false, , it ended with code 0 before it was ready, 0",
    "75, true,  , it ended with code 75 in its soak, 75",
    "143, false, it was not ready, it was not ready,",
    "143, true, it showed no classes, it showed no classes,"
  })
  void aRollbackTellsWhy(
      int code, boolean wasReady, String givenUp, String reason, Integer exitCode) {
    Trial trial = new Trial.OnProbation(Optional.ofNullable(givenUp), wasReady);

    for (LastKnown last :
        List.of(new LastKnown.WithAgent(trial), new LastKnown.WithoutAgent(trial))) {
      assertThat(ExitDecision.of(running(code, last)))
          .isEqualTo(new ExitDecision.RollBack(reason, exitCode));
    }
  }

  @Test
  void aRollbackInPlaceTellsWhy() {
    assertThat(ExitDecision.of(running(3, new LastKnown.OnProbationInPlace())))
        .isEqualTo(new ExitDecision.RollBack("it ended with code 3 on probation", 3));
  }

  @Test
  void whatIsStillToBeReplacedIsNotForgotten() {
    assertThat(ExitDecision.of(running(3, new LastKnown.WithAgent(TRIALS.get(4)))))
        .isEqualTo(new ExitDecision.StartImage(FAILED));
    assertThat(ExitDecision.of(running(3, new LastKnown.WithAgent(TRIALS.get(5)))))
        .isEqualTo(new ExitDecision.RestartAfterCrash(Optional.of(FAILED)));
    assertThat(ExitDecision.of(running(3, new LastKnown.WithAgent(new Trial.Over()))))
        .isEqualTo(new ExitDecision.RestartAfterCrash(Optional.empty()));
  }

  /** Only a release past its trial takes deploys, and whoever stops the launcher knows why. */
  @ParameterizedTest
  @MethodSource("all")
  void onlyTheUnwantedEndOfAProvenReleaseMayBreakADeployOff(ExitFacts facts) {
    ExitDecision decision = ExitDecision.of(facts);

    assertThat(decision.mayBreakOffDeploy())
        .isEqualTo(
            !facts.stopRequested()
                && trial(facts.lastKnown()).filter(Trial.Over.class::isInstance).isPresent()
                && !(decision instanceof ExitDecision.Reload));
  }

  private static ExitFacts running(int code, LastKnown lastKnown) {
    return new ExitFacts(code, new ReloadCode(RELOAD, true), false, lastKnown);
  }

  static List<ExitFacts> all() {
    List<LastKnown> known = new ArrayList<>();
    known.add(new LastKnown.ReloadAnnounced());
    known.add(new LastKnown.OnProbationInPlace());
    TRIALS.forEach(trial -> known.add(new LastKnown.WithAgent(trial)));
    TRIALS.forEach(trial -> known.add(new LastKnown.WithoutAgent(trial)));
    List<ExitFacts> all = new ArrayList<>();
    for (LastKnown last : known) {
      for (int code : new int[] {0, 1, RELOAD}) {
        for (boolean agreed : new boolean[] {false, true}) {
          for (boolean stop : new boolean[] {false, true}) {
            all.add(new ExitFacts(code, new ReloadCode(RELOAD, agreed), stop, last));
          }
        }
      }
    }
    return all;
  }

  private static Optional<Row> first(List<Row> rows, ExitFacts facts) {
    return rows.stream().filter(row -> row.fits().test(facts)).findFirst();
  }

  private static List<Row> documented() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.equals(HEADING))
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(ExitDecisionTest::row)
        .toList();
  }

  private static Row row(String line) {
    List<String> cells =
        Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList();
    return new Row(
        line,
        meaning(STOP, cells.get(0))
            .and(meaning(AGENT, cells.get(1)))
            .and(meaning(CODE, cells.get(2)))
            .and(meaning(RELEASE, cells.get(3))),
        meaning(FOLLOWS, cells.get(4)));
  }

  private static <T> T meaning(Map<String, T> column, String cell) {
    return Optional.ofNullable(column.get(cell))
        .orElseThrow(() -> new AssertionError("a word of the table that is not known: " + cell));
  }

  private static boolean any(ExitFacts facts) {
    return true;
  }

  private static Predicate<ExitFacts> knew(Class<? extends LastKnown> kind) {
    return facts -> kind.isInstance(facts.lastKnown());
  }

  private static <T extends Trial> Predicate<ExitFacts> tried(Class<T> kind, Predicate<T> which) {
    return facts ->
        trial(facts.lastKnown()).filter(kind::isInstance).map(kind::cast).filter(which).isPresent();
  }

  private static Optional<Trial> trial(LastKnown last) {
    if (last instanceof LastKnown.WithAgent with) {
      return Optional.of(with.trial());
    }
    return last instanceof LastKnown.WithoutAgent without
        ? Optional.of(without.trial())
        : Optional.empty();
  }
}
