package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.SourceAnswer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FirstQuestionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<Member> MEMBERS =
      List.of(new Member(new MemberId("m"), "10.0.0.1:7400", ""));
  private static final SourceAnswer NOT_YET =
      new SourceAnswer.Unknown("400 tasks were described in time");
  private static final SourceAnswer QUIET = new SourceAnswer.Seen(MEMBERS, true);
  private static final SourceAnswer ROLLING =
      new SourceAnswer.Seen(MEMBERS, true, "ECS is rolling out 'x'");

  @Test
  void whatTellsIsNoReason() throws Exception {
    assertThat(ask(PATIENCE, false, new Told("a", QUIET), new Told("b", QUIET))).isEmpty();
  }

  @Test
  void whoDoesNotTellAtOnceIsAskedAgain() throws Exception {
    assertThat(ask(PATIENCE, false, new Told("a", NOT_YET, QUIET))).isEmpty();
  }

  @Test
  void eachThatDoesNotTellIsNamed() throws Exception {
    assertThat(
            ask(
                Duration.ofMillis(1),
                false,
                new Told("a", NOT_YET),
                new Told("b", QUIET),
                new Told("c", new SourceAnswer.Unknown("no such file"))))
        .isEqualTo(
            "no complete answer from 'a' (400 tasks were described in time), 'c' (no such file)");
  }

  @Test
  void aRolloutOfThePlatformIsWaitedForOrMeant() throws Exception {
    assertThat(ask(PATIENCE, false, new Told("a", QUIET), new Told("b", ROLLING)))
        .startsWith("ECS is rolling out 'x': it would replace instances")
        .endsWith("wait until it is done, or give --during-rollout");
    Told meant = new Told("b", ROLLING);
    assertThat(ask(PATIENCE, true, new Told("a", QUIET), meant)).isEmpty();
    assertThat(meant.platformWasAsked).isFalse();
  }

  @Test
  void allAreAskedAtATime() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    FleetSource one = new Together("a", both);
    FleetSource other = new Together("b", both);

    assertThat(FirstQuestion.refusal(List.of(one, other), PATIENCE, false)).isEmpty();
  }

  private static String ask(Duration patience, boolean duringRollout, FleetSource... sources)
      throws InterruptedException {
    return FirstQuestion.refusal(List.of(sources), patience, duringRollout);
  }

  /** Gives its answers one by one, the last for ever. */
  private static final class Told implements FleetSource {

    private final String name;
    private final Deque<SourceAnswer> answers;
    private volatile boolean platformWasAsked;

    Told(String name, SourceAnswer... answers) {
      this.name = name;
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public SourceAnswer ask() {
      return next() instanceof SourceAnswer.Seen seen
          ? new SourceAnswer.Seen(seen.members(), seen.complete())
          : answers.element();
    }

    @Override
    public SourceAnswer askBeforeDeploy() {
      platformWasAsked = true;
      return next();
    }

    private SourceAnswer next() {
      return answers.size() > 1 ? answers.remove() : answers.element();
    }

    @Override
    public void close() {}
  }

  /** Answers when all are being asked. */
  private record Together(String name, CountDownLatch all) implements FleetSource {

    @Override
    public SourceAnswer ask() throws InterruptedException {
      all.countDown();
      all.await();
      return QUIET;
    }

    @Override
    public void close() {}
  }
}
