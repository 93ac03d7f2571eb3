package dev.fastdeploy.launcher.fleet.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.record.Ownership.Answer;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {

  /** Nobody appends in these tests: a lease that is over at once changes no outcome. */
  private static final Duration LEASE = Duration.ofMillis(20);

  private static final Action.Entry ENTRY = new Action.Entry(5, new Input.Passed());

  @TempDir Path store;
  private EnvironmentRecord record;

  @BeforeEach
  void open() throws IOException {
    record =
        new EnvironmentRecord(
            SharedObjects.open(new StoreLocation(store.toString(), "shop", null, null, false)),
            "shop",
            "prod");
    record.probe();
  }

  @AfterEach
  void close() {
    record.close();
  }

  @Test
  void theFirstOwnsAndTheSecondIsToldOfIt() throws Exception {
    Answer.Owned owned = owned(begin("one", "d-1", Duration.ZERO, false));
    Answer second = begin("two", "d-2", Duration.ZERO, false);

    assertThat(owned.epoch().number()).isOne();
    assertThat(((Answer.Held) second).epoch().beginning().holder())
        .contains("the deploy 'd-1'", "of one since", "(a reason)");
  }

  @Test
  void anotherGoesOnWithADeployWhoseOwnerIsSilent() throws Exception {
    Answer.Owned dead = owned(begin("one", "d-1", Duration.ZERO, false));
    record.append(1, 1, "one", List.of(ENTRY));

    Answer.Owned next = owned(begin("two", "d-1", Duration.ZERO, false));

    assertThat(next.epoch().number()).isEqualTo(2);
    assertThat(next.epoch().beginning().resumes()).isOne();
    assertThat(next.epoch().beginning().plan()).isEqualTo(dead.epoch().beginning().plan());
    assertThat(next.entries()).containsExactly(ENTRY);
    // The one before wakes up: its epoch is sealed.
    assertThat(record.append(1, 2, "one", List.of(ENTRY))).isFalse();
    assertThat(record.epoch(1).orElseThrow().closing())
        .extracting(Closing::how)
        .isEqualTo(Closing.How.TAKEN_OVER);
  }

  @Test
  void theJournalOfAllOwnersIsReplayed() throws Exception {
    owned(begin("one", "d-1", Duration.ZERO, false));
    record.append(1, 1, "one", List.of(ENTRY));
    owned(begin("two", "d-1", Duration.ZERO, false));
    Action.Entry later = new Action.Entry(9, new Input.TakenOver());
    record.append(2, 1, "two", List.of(later));

    assertThat(owned(begin("three", "d-1", Duration.ZERO, false)).entries())
        .containsExactly(ENTRY, later);
  }

  @Test
  void whoWaitsTakesTheEnvironmentOfAnOwnerThatIsSilent() throws Exception {
    owned(begin("one", "d-1", Duration.ZERO, false));

    Answer.Owned waited = owned(begin("two", "d-2", Duration.ofSeconds(30), false));

    assertThat(waited.epoch().number()).isEqualTo(2);
    assertThat(waited.epoch().beginning().resumes()).isZero();
    assertThat(waited.entries()).isEmpty();
    // Its own deploy is over for the first.
    assertThat(begin("one", "d-1", Duration.ZERO, false)).isInstanceOf(Answer.Held.class);
  }

  @Test
  void aDeployThatWasDoneIsNotDoneAgain() throws Exception {
    owned(begin("one", "d-1", Duration.ZERO, false));
    Summary summary = done();
    assertThat(record.end(1, "one", Instant.EPOCH, summary)).isTrue();

    assertThat(begin("two", "d-1", Duration.ZERO, false))
        .isEqualTo(new Answer.Over(record.epoch(1).orElseThrow(), summary));
    Answer.Owned next = owned(begin("two", "d-2", Duration.ZERO, false));
    assertThat(next.epoch().beginning().before().stable()).isEqualTo(new Commit("8c31b0e"));
    assertThat(next.epoch().beginning().before().images()).containsExactly(new Commit("img"));
  }

  @Test
  void anIdThatIsAnotherDeploysIsRefusedBeforeAnythingIsTaken() throws Exception {
    owned(begin("one", "d-1", Duration.ZERO, false));
    Ownership.Planning another =
        new Ownership.Planning() {
          @Override
          public Plan after(@Nullable Epoch before) {
            throw new AssertionError("there is a deploy of that id");
          }

          @Override
          public void requireSame(Plan earlier) {
            throw new IllegalArgumentException("not " + earlier.commit());
          }
        };

    assertThatThrownBy(
            () ->
                new Ownership(record, "two", "two", Clock.systemUTC())
                    .begin(new DeployId("d-1"), another, "", LEASE, Duration.ZERO, true))
        .hasMessage("not 8c31b0e");
    assertThat(record.newest().orElseThrow().isOpen()).isTrue();
  }

  /** What nobody needs is not read, nor can it be in the way. */
  @Test
  void aDeployWhoseIdIsNewIsNotLookedFor() throws Exception {
    record.begin(
        1,
        new Beginning(
            "eve-1", "eve", "", Instant.EPOCH, null, null, Instant.EPOCH, 0, Known.NOTHING));
    record.unlock(1, "eve", Closing.How.UNLOCKED, Instant.EPOCH, "");
    owned(begin("one", "d-1", Duration.ZERO, false));
    assertThat(record.end(2, "one", Instant.EPOCH, done())).isTrue();
    try (Stream<Path> files = Files.walk(store)) {
      Path oldest =
          files
              .filter(file -> file.endsWith("begin.json"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      Files.writeString(oldest, "{");
    }
    Plan plan = RecordJsonTest.plan("d-2", LEASE);
    Ownership.Planning fresh =
        new Ownership.Planning() {
          @Override
          public Plan after(@Nullable Epoch before) {
            return plan;
          }

          @Override
          public boolean isNew() {
            return true;
          }
        };

    assertThatThrownBy(() -> begin("two", "d-2", Duration.ZERO, false))
        .hasMessageContaining("epoch 1");
    Ownership ownership = new Ownership(record, "two", "two", Clock.systemUTC());
    assertThat(
            owned(ownership.begin(plan.deploy(), fresh, "", LEASE, Duration.ZERO, false))
                .epoch()
                .number())
        .isEqualTo(3);
  }

  @Test
  void anOrderThatOnlyALaterVersionKnowsStopsNoOther() throws Exception {
    owned(begin("one", "d-1", Duration.ZERO, false));
    Order pause = new Order("b", Order.What.PAUSE, 0, "eve", "");
    for (String id : List.of("a", "b", "c")) {
      record.order(1, new Order(id, Order.What.PAUSE, 0, "eve", ""));
    }
    try (Stream<Path> files = Files.walk(store)) {
      for (Path order : files.filter(file -> file.toString().endsWith("/a.json")).toList()) {
        Files.writeString(order, "{\"id\":\"a\",\"what\":\"SING\"}");
      }
    }

    assertThat(record.orders(1)).hasSize(2).contains(pause);
  }

  @Test
  void aPersonsLockHoldsUntilItIsGivenBackOrBroken() throws Exception {
    Beginning lock =
        new Beginning(
            "eve-1", "eve", "a freeze", Instant.EPOCH, null, null, null, 0, Known.NOTHING);
    record.begin(1, lock);

    Answer held = begin("one", "d-1", Duration.ZERO, false);
    assertThat(((Answer.Held) held).epoch().beginning().holder())
        .isEqualTo("a lock of eve since 1970-01-01T00:00:00Z (a freeze)");
    assertThat(owned(begin("one", "d-1", Duration.ZERO, true)).epoch().number()).isEqualTo(2);
  }

  @Test
  void aLockWhoseTimeIsOverHoldsNobody() throws Exception {
    record.begin(
        1,
        new Beginning(
            "eve-1", "eve", "", Instant.EPOCH, null, null, Instant.EPOCH, 0, Known.NOTHING));

    assertThat(owned(begin("one", "d-1", Duration.ZERO, false)).epoch().number()).isEqualTo(2);
  }

  private Answer begin(String owner, String deploy, Duration patience, boolean breakLock)
      throws Exception {
    Plan plan = RecordJsonTest.plan(deploy, LEASE);
    return new Ownership(record, owner, owner, Clock.systemUTC())
        .begin(new DeployId(deploy), before -> plan, "a reason", LEASE, patience, breakLock);
  }

  private static Answer.Owned owned(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Owned.class);
    return (Answer.Owned) answer;
  }

  private static Summary done() {
    return new Summary(
        Ending.DONE,
        "",
        1,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        List.of(),
        true,
        Set.of(new Commit("img")));
  }
}
