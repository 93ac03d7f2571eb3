package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static final Objection NO_STORE = new Objection(Cause.ARTIFACT, "no store");
  private static final Objection NO_READINESS = new Objection(Cause.APPLICATION, "no readiness");

  private final Map<MemberId, Report.Status> heard = new LinkedHashMap<>();

  @Test
  void anInstanceUnderTwoNamesIsOneMember() {
    hear("b", "host.1", null);
    hear("a", "host.1", null);
    hear("c", "host.2", NO_STORE);
    hear("d", "host.2", NO_STORE);

    Forecast forecast = new Forecast(budget("1"), heard, 0);

    assertThat(forecast.answers()).containsOnlyKeys(new MemberId("a"), new MemberId("c"));
    assertThat(forecast.objecting()).isEqualTo(Map.of("no store", List.of(new MemberId("c"))));
    assertThat(forecast.failure()).isEmpty();
  }

  @Test
  void membersThatDoNotTellTheirIdentityAreDifferentOnes() {
    hear("a", "", null);
    hear("b", "", null);

    assertThat(new Forecast(budget("0"), heard, 0).answers()).hasSize(2);
  }

  @Test
  void moreRefusalsThanMayFailAreAFailure() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", NO_READINESS);
    hear("c", "3", null);

    assertThat(new Forecast(budget("2"), heard, 0).failure()).isEmpty();
    assertThat(new Forecast(budget("1"), heard, 0).failure())
        .contains("2 of 3 would refuse it, and 1 may fail (--max-failed)");
  }

  @Test
  void aPercentageIsOfTheWholeFleetAndOfEachCauseAlone() {
    hear("a", "1", NO_READINESS);
    hear("b", "2", NO_STORE);

    assertThat(new Forecast(budget("25%"), heard, 2).failure()).isEmpty();
    assertThat(new Forecast(budget("25%"), heard, 1).failure())
        .contains("1 of 3 would refuse it, and 0 may fail (--max-failed)");
  }

  private static Budget budget(String mayFail) {
    return new Budget(Share.parse(mayFail), Share.parse(mayFail), Share.ALL, 1);
  }

  private void hear(String member, String identity, @Nullable Objection objection) {
    heard.put(
        new MemberId(member),
        new Report.Status(
            identity,
            "shop",
            "prod",
            new Commit("c0"),
            true,
            Set.of(),
            true,
            DeployStanding.NONE,
            0,
            null,
            null,
            0,
            objection));
  }
}
