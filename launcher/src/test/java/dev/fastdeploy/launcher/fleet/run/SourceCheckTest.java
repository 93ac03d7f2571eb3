package dev.fastdeploy.launcher.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.SourceAnswer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SourceCheckTest {

  private static final List<Member> MEMBERS =
      List.of(new Member(new MemberId("m"), "10.0.0.1:7400", ""));
  private static final SourceAnswer ALL = new SourceAnswer.Seen(MEMBERS, true);
  private static final SourceAnswer A_PART = new SourceAnswer.Seen(MEMBERS, false);
  private static final SourceAnswer NOTHING = new SourceAnswer.Unknown("no answer");

  private static SourceCheck check(Duration patience, SourceAnswer... answers) throws Exception {
    Queue<SourceAnswer> left = new ArrayDeque<>(List.of(answers));
    FleetSource source =
        new FleetSource() {
          @Override
          public String name() {
            return "s";
          }

          @Override
          public SourceAnswer ask() {
            throw new AssertionError("asked as if a deploy were under way");
          }

          @Override
          public SourceAnswer askBeforeDeploy() {
            SourceAnswer answer = left.remove();
            return left.isEmpty() ? last(left, answer) : answer;
          }

          @Override
          public void close() {}
        };
    return SourceCheck.of(List.of(source), patience, true);
  }

  private static SourceAnswer last(Queue<SourceAnswer> left, SourceAnswer answer) {
    left.add(answer);
    return answer;
  }

  @Test
  void aSourceIsAskedUntilItTellsOfAll() throws Exception {
    assertThat(check(Duration.ofSeconds(50), NOTHING, A_PART, ALL).silent()).isEmpty();
  }

  @Test
  void aPartIsNoAnswerHoweverOftenItComes() throws Exception {
    assertThat(check(Duration.ZERO, A_PART).silent())
        .isEqualTo("'s' (it reported only some of its instances)");
  }

  @Test
  void oneThatDoesNotTellOnceIsAskedAgain() throws Exception {
    assertThat(check(Duration.ZERO, NOTHING, ALL).silent()).isEmpty();
  }

  @Test
  void oneThatDoesNotTellIsNamedWithTheReason() throws Exception {
    assertThat(check(Duration.ZERO, NOTHING).silent()).isEqualTo("'s' (no answer)");
  }

  @Test
  void whatIsRolledOutIsTold() throws Exception {
    assertThat(check(Duration.ZERO, new SourceAnswer.Seen(MEMBERS, true, "a rollout")).rollouts())
        .isEqualTo("a rollout");
  }
}
