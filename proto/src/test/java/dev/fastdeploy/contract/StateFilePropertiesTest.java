package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What holds for every state: it is read as it was written, and no file that was cut off or has a
 * bit turned is read as another one. {@code -Dfastdeploy.fuzz.seconds} and {@code
 * -Dfastdeploy.fuzz.seed} choose how long and what.
 */
class StateFilePropertiesTest {

  private static final int SECONDS = Integer.getInteger("fastdeploy.fuzz.seconds", 2);
  private static final String WORDS =
      "ab \t\n\r\f\\=:#!%\u0000\u0085\u2028\u00fc\ud83d\ude00\ud83d";

  @Test
  void everyStateIsReadAsItWasWrittenAndNoDamagedOneAsAnother() throws IOException {
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int states = 0;
    do {
      HomeState state = state(random);
      byte[] written = StateFile.write(state);
      String which = "state " + states + " of -Dfastdeploy.fuzz.seed=" + seed;

      assertThat(StateFile.read(written)).as(which).isEqualTo(state);
      assertThat(StateFile.write(StateFile.read(written))).as(which).isEqualTo(written);
      refusesEveryTruncation(written, which);
      refusesEveryBitFlip(written, state, which);
      states++;
    } while (System.nanoTime() < end);
  }

  private static void refusesEveryTruncation(byte[] written, String which) {
    for (int length = 0; length < written.length; length++) {
      Optional<HomeState> read = read(Arrays.copyOf(written, length));
      if (read.isPresent()) {
        fail("%s, cut off after %d bytes, is read as %s", which, length, read.get());
      }
    }
  }

  private static void refusesEveryBitFlip(byte[] written, HomeState state, String which) {
    for (int bit = 0; bit < written.length * 8; bit++) {
      written[bit / 8] ^= (byte) (1 << bit % 8);
      Optional<HomeState> read = read(written);
      if (read.isPresent() && !read.get().equals(state)) {
        fail("%s, with bit %d turned, is read as %s", which, bit, read.get());
      }
      written[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  /** Anything but an IOException fails the test. */
  private static Optional<HomeState> read(byte[] bytes) {
    try {
      return Optional.of(StateFile.read(bytes));
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  @Test
  void bytesOfAnyKindAreAStateOrAreRefused() {
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      byte[] mixed =
          random.nextBoolean() ? bytes : text(random, 80).getBytes(StandardCharsets.UTF_8);
      try {
        assertThat(read(mixed)).isNotNull();
      } catch (RuntimeException failure) {
        fail("bytes %d of -Dfastdeploy.fuzz.seed=%d: %s", i, seed, failure);
      }
    }
  }

  @Test
  void aFileOfAnEarlierVersionHasNoChecksum() throws IOException {
    HomeState state = HomeState.EMPTY.withNewImage(new Commit("c1"));
    byte[] written = StateFile.write(state);
    int end = 1;
    while (written[end - 1] != '\n') {
      end++;
    }

    assertThat(StateFile.read(Arrays.copyOfRange(written, end, written.length))).isEqualTo(state);
  }

  private static HomeState state(Random random) {
    HomeState state = HomeState.EMPTY;
    for (int steps = random.nextInt(7); steps > 0; steps--) {
      state =
          switch (random.nextInt(8)) {
            case 0 -> state.withNewImage(commit(random));
            case 1 -> state.withPendingProven(random.nextLong());
            case 2 ->
                state.withPendingRolledBack(
                    text(random, 12),
                    random.nextBoolean() ? null : random.nextInt(),
                    lines(random));
            case 3 -> state.withPendingGivenUp(text(random, 12));
            case 4 ->
                state.withFence(
                    new Fence(
                        text(random, 8),
                        new EnvironmentName(commit(random).id()),
                        1 + random.nextInt(Integer.MAX_VALUE),
                        random.nextLong()));
            case 5 -> state.withUnfollowed(random.nextBoolean() ? null : text(random, 12));
            default ->
                state.withPending(
                    new PendingActivation(
                        new DeployId("d" + random.nextInt(9)),
                        random.nextLong(),
                        random.nextBoolean() ? null : commit(random),
                        commit(random),
                        "process",
                        random.nextBoolean(),
                        Map.of(
                            List.of(Phase.values()).get(random.nextInt(10)), random.nextLong())));
          };
    }
    return state;
  }

  private static Commit commit(Random random) {
    return new Commit(List.of("a", "B.c", "0", "x".repeat(128), "c-1_2").get(random.nextInt(5)));
  }

  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      lines.add(text(random, 8));
    }
    return lines;
  }

  private static String text(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(longest); length > 0; length--) {
      text.append(WORDS.charAt(random.nextInt(WORDS.length())));
    }
    return text.toString();
  }
}
