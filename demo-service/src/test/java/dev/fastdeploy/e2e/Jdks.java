package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs that everything is tested on: the one that builds, and one of 25 or later beside it. */
final class Jdks {

  private Jdks() {}

  static Stream<Jdk> all() throws IOException {
    Jdk running = Jdk.running();
    Optional<Jdk> newer = running.feature() >= 25 ? Optional.empty() : running.beside(25);
    return Stream.concat(Stream.of(running), newer.stream());
  }

  /**
   * One of them, for tests of which each is run on one alone. {@code -Dfastdeploy.turn=1} changes
   * turns: a run with it and one without are a run of each on both.
   */
  static Jdk byTurns(int turn) throws IOException {
    List<Jdk> all = all().toList();
    return all.get((turn + Integer.getInteger("fastdeploy.turn", 0)) % all.size());
  }
}
