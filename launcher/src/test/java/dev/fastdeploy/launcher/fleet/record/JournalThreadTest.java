package dev.fastdeploy.launcher.fleet.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.UsualPlan;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalThreadTest {

  private static final Summary SUMMARY =
      new Summary(Ending.DONE, "", 1, 0, 1, 0, 0, 0, 0, 0, 0, Map.of(), List.of(), true, Set.of());

  @TempDir private Path store;

  @Test
  void anEndWhoseAnswerIsLostIsItsOwnWhenItIsSaidAgain() throws Exception {
    SharedObjects objects =
        SharedObjects.open(new StoreLocation(store.toString(), "shop", null, null, false));
    Plan plan = UsualPlan.of(new DeployId("d-1"), new Commit("c2"), null, "a:1");
    try (EnvironmentRecord record = new EnvironmentRecord(new Forgetful(objects), "shop", "prod")) {
      Clock clock = Clock.systemUTC();
      Ownership.Answer.Owned owned =
          (Ownership.Answer.Owned)
              new Ownership(record, "one", "eve", clock)
                  .begin(plan.deploy(), before -> plan, "", Duration.ZERO, Duration.ZERO, false);
      try (JournalThread journal =
          new JournalThread(record, owned.epoch(), "one", clock, input -> {})) {

        assertThat(journal.end(SUMMARY)).isTrue();
      }
      assertThat(record.newest().orElseThrow().closing())
          .satisfies(closing -> assertThat(closing.summary()).isEqualTo(SUMMARY));
    }
  }

  /** Loses the answer to the first end that it takes. */
  private static final class Forgetful implements SharedObjects {

    private final SharedObjects objects;
    private boolean hasLostOne;

    Forgetful(SharedObjects objects) {
      this.objects = objects;
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
      boolean created = objects.create(name, content);
      if (name.endsWith("/end.json") && !hasLostOne) {
        hasLostOne = true;
        throw new IOException("the store gave no answer");
      }
      return created;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
      return objects.read(name);
    }

    @Override
    public List<String> list(String folder, String after, int most) throws IOException {
      return objects.list(folder, after, most);
    }

    @Override
    public String place(String name) {
      return objects.place(name);
    }

    @Override
    public void close() {
      objects.close();
    }
  }
}
