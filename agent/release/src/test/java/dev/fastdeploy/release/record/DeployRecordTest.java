package dev.fastdeploy.release.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.release.store.SharedObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeployRecordTest {

  private final Objects objects = new Objects();
  private final DeployRecord record = new DeployRecord(objects, "shop", "prod");

  @Test
  void theNewestEpochIsFoundAmongMany() throws Exception {
    assertThat(record.newest()).isEmpty();
    for (int epoch = 1; epoch <= 12; epoch++) {
      assertThat(record.begin(epoch, bytes("begin " + epoch))).isTrue();
    }
    record.probe();

    assertThat(record.newest()).hasValue(12);
    assertThat(record.ending(12)).isEmpty();
    record.end(12, bytes("done"));
    assertThat(record.beginning(12)).hasValue(bytes("begin 12"));
    assertThat(record.ending(12)).hasValue(bytes("done"));
  }

  @Test
  void anEpochHasOneOwner() throws Exception {
    assertThat(record.begin(1, bytes("a"))).isTrue();
    assertThat(record.begin(1, bytes("b"))).isFalse();
    assertThat(record.begin(1, bytes("a"))).as("its own, whose answer was lost").isTrue();
  }

  @Test
  void aSealedJournalTakesNoLateSegment() throws Exception {
    record.begin(1, bytes("a"));
    assertThat(record.append(1, 1, bytes("a1"))).isTrue();
    assertThat(record.append(1, 2, bytes("a2"))).isTrue();

    assertThat(record.seal(1, "b")).isTrue();
    assertThat(record.append(1, 3, bytes("a3"))).isFalse();
    assertThat(record.seal(1, "b")).as("again").isTrue();
    assertThat(record.seal(1, "c")).isFalse();
    assertThat(record.replay(1, 0)).containsExactly(bytes("a1"), bytes("a2"));
  }

  @Test
  void anOwnerThatAppendsWhileItIsSealedIsReplayedWhole() throws Exception {
    record.begin(1, bytes("a"));
    record.append(1, 1, bytes("a1"));
    objects.beforeNextCreate(() -> record.append(1, 2, bytes("a2")));

    assertThat(record.seal(1, "b")).isTrue();
    assertThat(record.replay(1, 0)).containsExactly(bytes("a1"), bytes("a2"));
    assertThat(record.append(1, 3, bytes("a3"))).isFalse();
  }

  @Test
  void ordersAreKeptByTheirIds() throws Exception {
    record.begin(1, bytes("a"));
    assertThat(record.order(1, "o1", bytes("pause"))).isTrue();
    assertThat(record.order(1, "o1", bytes("abort"))).isFalse();
    assertThat(record.order(1, "o2", bytes("resume"))).isTrue();

    assertThat(record.orders(1)).containsExactly(bytes("pause"), bytes("resume"));
  }

  @Test
  void moreSegmentsThanAPageAreCounted() throws Exception {
    record.begin(1, bytes("a"));
    for (int i = 1; i <= 2_001; i++) {
      record.append(1, i, bytes("s" + i));
    }

    assertThat(record.lastSegment(1)).isEqualTo(2_001);
    assertThat(record.replay(1, 0)).hasSize(2_001);
  }

  @Test
  void aStoreThatIgnoresTheConditionIsRefused() {
    objects.ignoresCondition = true;

    assertThatThrownBy(record::probe)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could be created twice")
        .hasMessageContaining("memory:fleet/shop/prod/probe/");
  }

  @Test
  void namesThatAreNoPartOfAKeyAreRefused() {
    for (String name : List.of("", "a/b", "..", "a b")) {
      assertThatThrownBy(() -> new DeployRecord(objects, name, "prod"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'");
    }
  }

  /** Two deploys want the same environment, and neither waits for the other's lease to end. */
  @Test
  void inEveryInterleavingOfTwoDeploysAnEpochHasOneOwner() throws Exception {
    int calls = 13;
    for (int order = 0; order < 1 << calls; order++) {
      DeployRecord shared = new DeployRecord(new Objects(), "shop", "prod");
      Contender one = new Contender(shared, "one");
      Contender two = new Contender(shared, "two");
      for (int call = 0; call < calls; call++) {
        ((order >> call & 1) == 0 ? one : two).call();
      }
      assertThat(Collections.disjoint(one.owned, two.owned)).as("order %s", order).isTrue();
      for (int epoch = 1; epoch <= shared.newest().orElse(0); epoch++) {
        assertThat(writers(shared, epoch)).as("order %s", order).hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  private static Set<String> writers(DeployRecord shared, int epoch) throws IOException {
    Set<String> writers = new TreeSet<>();
    for (byte[] segment : shared.replay(epoch, 0)) {
      writers.add(new String(segment, StandardCharsets.UTF_8).split(" ", 2)[0]);
    }
    return writers;
  }

  /** Looks, takes over what is there, begins the next epoch and appends, one call at a time. */
  private static final class Contender {
    private final DeployRecord record;
    private final String name;
    private final List<Integer> owned = new ArrayList<>();
    private Next next = Next.LOOK;
    private int epoch;
    private int segment;

    private enum Next {
      LOOK,
      SEAL,
      END,
      BEGIN,
      APPEND
    }

    Contender(DeployRecord record, String name) {
      this.record = record;
      this.name = name;
    }

    void call() throws IOException {
      switch (next) {
        case LOOK -> {
          epoch = record.newest().orElse(0) + 1;
          next = epoch > 1 ? Next.SEAL : Next.BEGIN;
        }
        case SEAL -> {
          record.seal(epoch - 1, name);
          next = Next.END;
        }
        case END -> {
          record.end(epoch - 1, bytes(name + " ends"));
          next = Next.BEGIN;
        }
        case BEGIN -> {
          boolean won = record.begin(epoch, bytes(name + " begins"));
          if (won) {
            owned.add(epoch);
            segment = 1;
          }
          next = won ? Next.APPEND : Next.LOOK;
        }
        case APPEND -> {
          boolean owns = record.append(epoch, segment, bytes(name + " " + segment));
          segment++;
          next = owns ? Next.APPEND : Next.LOOK;
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Objects in memory. */
  private static final class Objects implements SharedObjects {

    private interface Interruption {
      void run() throws IOException;
    }

    private final TreeMap<String, byte[]> all = new TreeMap<>();
    private boolean ignoresCondition;
    private Interruption before = () -> {};

    void beforeNextCreate(Interruption what) {
      before = what;
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
      Interruption now = before;
      before = () -> {};
      now.run();
      if (ignoresCondition) {
        all.put(name, content);
        return true;
      }
      byte[] there = all.putIfAbsent(name, content);
      return there == null || Arrays.equals(there, content);
    }

    @Override
    public Optional<byte[]> read(String name) {
      return Optional.ofNullable(all.get(name));
    }

    @Override
    public List<String> list(String folder, String after, int most) {
      TreeSet<String> names = new TreeSet<>();
      for (String name : all.keySet()) {
        if (name.startsWith(folder + "/")) {
          names.add(name.substring(folder.length() + 1).split("/", 2)[0]);
        }
      }
      return names.stream().filter(name -> name.compareTo(after) > 0).limit(most).toList();
    }

    @Override
    public String place(String name) {
      return "memory:" + name;
    }

    @Override
    public void close() {}
  }
}
