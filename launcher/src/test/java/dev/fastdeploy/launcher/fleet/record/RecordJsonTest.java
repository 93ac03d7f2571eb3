package dev.fastdeploy.launcher.fleet.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Budget;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.DeployStanding;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Manner;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.plan.Patience;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Step;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import dev.fastdeploy.launcher.fleet.plan.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {

  private static final MemberId MEMBER = new MemberId("10.0.0.1:7400");
  private static final Commit COMMIT = new Commit("8c31b0e");

  static Stream<Input> inputs() {
    return Stream.of(
        new Input.Seen("file:x", 3, List.of(new Member(MEMBER, "10.0.0.1:7400", "a")), true),
        new Input.Unknown("exec:y", 4, "it ended with 1: \"no\" \u2028 Größe"),
        new Input.Heard(MEMBER, new Report.Said(2, Step.DRAINING)),
        new Input.Heard(
            MEMBER,
            new Report.Status(
                "h.1",
                "shop",
                "prod",
                COMMIT,
                true,
                Set.of(),
                true,
                DeployStanding.STAGED,
                1,
                null,
                COMMIT,
                1L << 40)),
        new Input.Heard(
            MEMBER,
            new Report.Status(
                "",
                "",
                "",
                null,
                false,
                Set.of(COMMIT),
                false,
                DeployStanding.NONE,
                0,
                COMMIT,
                null,
                0)),
        new Input.Heard(
            MEMBER,
            new Report.Ended(
                1, Report.Result.ROLLED_BACK, Cause.APPLICATION, "why", List.of("a", ""))),
        new Input.Heard(MEMBER, new Report.Lost("gone")),
        new Input.Heard(MEMBER, new Report.Fenced("newer")),
        new Input.Heard(MEMBER, new Report.Denied("no")),
        new Input.GateSaid(1, 2, GateAnswer.UNKNOWN, ""),
        new Input.Ordered(new Order("o1", Order.What.PROMOTE, 2, "eve", "because")),
        new Input.Means(1024, 1L << 33),
        new Input.Appended(7),
        new Input.AppendFailed(8, "503"),
        new Input.LeaseLost("sealed"),
        new Input.TakenOver(),
        new Input.Passed());
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void whatThePlannerIsFedComesBackAsItWas(Input input) throws IOException {
    Segment segment = new Segment("owner", List.of(new Action.Entry(1L << 40, input)));

    assertThat(RecordJson.read(Segment.class, RecordJson.write(segment), "here"))
        .isEqualTo(segment);
  }

  @Test
  void everyKindOfInputIsTried() {
    assertThat(inputs().map(Object::getClass).distinct().toArray())
        .hasSameSizeAs(Input.class.getPermittedSubclasses());
  }

  static Plan plan(String deploy) {
    return plan(deploy, Patience.DEFAULT.lease());
  }

  static Plan plan(String deploy, Duration lease) {
    return new Plan(
        new DeployId(deploy),
        "shop",
        "prod",
        COMMIT,
        null,
        false,
        true,
        List.of("file:fleet"),
        new Waves(
            Share.number(1),
            List.of(Share.parse("0.5%"), Share.ALL),
            Duration.ofMillis(1500),
            true,
            List.of("a", "b")),
        new Window(Share.percent(10), Share.NONE, 50),
        Budget.STRICT,
        new Patience(
            Patience.DEFAULT.check(),
            Patience.DEFAULT.stage(),
            Patience.DEFAULT.activate(),
            Patience.DEFAULT.silence(),
            Patience.DEFAULT.progress(),
            Patience.DEFAULT.gate(),
            Patience.DEFAULT.gatePause(),
            Patience.DEFAULT.pause(),
            Patience.DEFAULT.tail(),
            Patience.DEFAULT.sweep(),
            lease),
        Share.percent(90),
        OnFailure.HOLD,
        true,
        false,
        new Manner("process", true, "check"));
  }

  @Test
  void aBeginningAndAnEndComeBackAsTheyWere() throws IOException {
    Beginning beginning =
        new Beginning(
            "owner",
            "eve",
            "a try",
            Instant.parse("2026-01-02T03:04:05.678Z"),
            new DeployId("d-1"),
            plan("d-1"),
            null,
            2,
            new Known(COMMIT, null, COMMIT, List.of("file:fleet"), Set.of(COMMIT)));
    Summary summary =
        new Summary(
            Ending.ROLLED_BACK,
            "too many",
            4,
            1,
            1,
            1,
            1,
            0,
            1,
            1,
            0,
            Map.of(Cause.APPLICATION, 2, Cause.ARTIFACT, 0),
            List.of("a: b"),
            false,
            Set.of(COMMIT));
    Closing closing = new Closing("owner", Instant.EPOCH, Closing.How.ENDED, summary, "too many");

    byte[] written = RecordJson.writeWithFormat(beginning);
    assertThat(new String(written, StandardCharsets.UTF_8)).startsWith("{\"format\":1,");
    assertThat(RecordJson.read(Beginning.class, written, "here")).isEqualTo(beginning);
    assertThat(RecordJson.read(Beginning.class, RecordJson.write(beginning), "here"))
        .as("of an earlier version")
        .isEqualTo(beginning);
    assertThat(RecordJson.read(Closing.class, RecordJson.write(closing), "here"))
        .isEqualTo(closing);
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws IOException {
    byte[] json =
        "{\"id\":\"o\",\"what\":\"ABORT\",\"new\":{\"a\":[1]}}".getBytes(StandardCharsets.UTF_8);

    assertThat(RecordJson.read(Order.class, json, "here"))
        .isEqualTo(new Order("o", Order.What.ABORT, 0, "", ""));
  }

  @Test
  void aNewerFormatIsToldAsOne() {
    byte[] json = "{\"format\":2,\"owner\":[]}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> RecordJson.read(Beginning.class, json, "epoch 7"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "epoch 7 is written in the format 2 of a newer version of fastdeploy, and this"
                + " version reads none above 1; update fastdeploy here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"x\"",
        "{\"id\":7,\"what\":\"ABORT\"}",
        "{\"id\":\"o\",\"what\":\"SING\"}",
        "{\"id\":\"o\",\"what\":\"ABORT\",\"gate\":99999999999}"
      })
  void whatIsSomethingElseIsToldWithItsPlace(String json) {
    assertThatThrownBy(
            () ->
                RecordJson.read(Order.class, json.getBytes(StandardCharsets.UTF_8), "order/o.json"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("order/o.json is not what this version")
        .hasMessageNotContainingAny("\n", "class ");
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is empty",
    "'{', it is cut off",
    "'{\"id\":\"o\",\"wh', it is cut off",
    "'{\"id\":oops}', 'it is not JSON in line 1, column '",
  })
  void whatIsNoJsonIsToldInWordsOfOurs(String json, String words) {
    assertThatThrownBy(
            () ->
                RecordJson.read(Order.class, json.getBytes(StandardCharsets.UTF_8), "order/o.json"))
        .hasMessageContaining("(" + words);
  }
}
