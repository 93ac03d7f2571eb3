package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static final Objection NO_STORE = new Objection(Cause.ARTIFACT, List.of("no store"));
  private static final Objection NO_READINESS =
      new Objection(Cause.APPLICATION, List.of("no readiness"));

  private final Map<MemberId, Report.Status> heard = new LinkedHashMap<>();

  @Test
  void anInstanceUnderTwoNamesIsOneMember() {
    hear("b", "host.1", null);
    hear("a", "host.1", null);
    hear("c", "host.2", NO_STORE);
    hear("d", "host.2", NO_STORE);

    Forecast forecast = new Forecast(budget("1"), heard, List.of());

    assertThat(forecast.answers()).containsOnlyKeys(new MemberId("a"), new MemberId("c"));
    assertThat(forecast.objecting()).isEqualTo(Map.of("no store", List.of(new MemberId("c"))));
    assertThat(forecast.failure()).isEmpty();
  }

  @Test
  void membersThatDoNotTellTheirIdentityAreDifferentOnes() {
    hear("a", "", null);
    hear("b", "", null);

    assertThat(new Forecast(budget("0"), heard, List.of()).answers()).hasSize(2);
  }

  @Test
  void moreRefusalsThanMayFailAreAFailure() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", NO_READINESS);
    hear("c", "3", null);

    assertThat(new Forecast(budget("2"), heard, List.of()).failure()).isEmpty();
    assertThat(new Forecast(budget("1"), heard, List.of()).failure())
        .contains("2 of 3 would refuse it, and 1 may fail (--max-failed)");
  }

  @Test
  void aPercentageIsOfTheWholeFleetAndOfEachCauseAlone() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", NO_STORE);
    hear("c", "3", null);

    assertThat(new Forecast(budget("25%"), heard, silent("d")).failure()).isEmpty();
    assertThat(new Forecast(budget("25%"), heard, List.of()).failure())
        .contains("2 of 3 would refuse it, and 0 may fail (--max-failed)");
  }

  @Test
  void aMemberThatHasFailedAlreadyCountsOnceAndAsItFailed() {
    hear("a", "1", NO_STORE);
    hear("b", "2", NO_READINESS);
    hear("c", "2", NO_READINESS);
    hear("d", "4", null);
    Event.Failed noRoom = failed("c", Cause.ARTIFACT, "no room");

    Forecast forecast = new Forecast(budget("1"), heard, List.of(noRoom));

    assertThat(forecast.objecting())
        .isEqualTo(
            Map.of("no store", List.of(new MemberId("a")), "no room", List.of(new MemberId("b"))));
    assertThat(forecast.failure())
        .contains("2 of 3 would refuse it, and 1 may fail (--max-failed)");
    assertThat(new Forecast(budget("2"), heard, List.of(noRoom)).failure()).isEmpty();
  }

  @Test
  void refusalsForDifferentCausesAreTold() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", NO_READINESS);
    hear("c", "3", NO_STORE);

    assertThat(new Forecast(budget("1"), heard, List.of()).failure())
        .contains(
            "3 of 3 would refuse it, 2 of them for the same cause, of which 1 may fail"
                + " (--max-failed)");
  }

  @Test
  void aDeployThatNobodyWouldTakeFailsWhateverMayFail() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", NO_STORE);

    assertThat(new Forecast(budget("100%"), heard, silent("c")).failure())
        .contains("no instance would take it");
    hear("d", "3", null);
    assertThat(new Forecast(budget("100%"), heard, silent("c")).failure()).isEmpty();
  }

  @Test
  void aDeployThatCannotReachEnoughIsTold() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", null);
    hear("c", "3", null);
    Forecast forecast = new Forecast(budget("1"), heard, silent("d"));

    assertThat(forecast.shortfall(Share.parse("50%"))).isEmpty();
    assertThat(forecast.shortfall(Share.ALL))
        .contains("at most 2 of 4 can run it, and --success-at 100% requires 4");
  }

  @Test
  void eachReasonOfAMemberIsTold() {
    hear("a", "1", new Objection(Cause.ARTIFACT, List.of("no store", "no readiness")));
    hear("b", "2", NO_READINESS);

    assertThat(new Forecast(budget("0"), heard, List.of()).objecting())
        .isEqualTo(
            Map.of(
                "no store",
                List.of(new MemberId("a")),
                "no readiness",
                List.of(new MemberId("a"), new MemberId("b"))));
  }

  @Test
  void membersThatDoNotAnswerAreTold() {
    hear("a", "1", null);

    assertThat(new Forecast(budget("0"), heard, silent("b", "c")).silent())
        .isEqualTo(Map.of("no answer", List.of(new MemberId("b"), new MemberId("c"))));
  }

  private static List<Event.Failed> silent(String... members) {
    return Stream.of(members).map(one -> failed(one, Cause.UNREACHABLE, "no answer")).toList();
  }

  private static Event.Failed failed(String member, Cause cause, String reason) {
    return new Event.Failed(new MemberId(member), cause, reason, List.of(), false);
  }

  private static Budget budget(String mayFail) {
    return new Budget(Share.parse(mayFail), Share.parse(mayFail), Share.ALL, 1);
  }

  private void hear(String member, String identity, @Nullable Objection objection) {
    heard.put(new MemberId(member), UsualStatus.objecting(identity, objection));
  }
}
