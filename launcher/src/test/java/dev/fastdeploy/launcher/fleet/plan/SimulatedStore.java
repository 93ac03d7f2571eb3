package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.release.store.SharedObjects;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Objects in memory that are created as in S3: 412 where others are there, and, when it is in
 * trouble, 409, 503, answers that are lost, and writes that land long after their caller gave up.
 */
final class SimulatedStore implements SharedObjects {

  /** Lets something happen later. */
  @FunctionalInterface
  interface Later {
    void after(long millis, Runnable what);
  }

  private static final long LONGEST_DELAY = 90_000;
  private static final double READS = 0.05;

  private final Random random;
  private final Later later;
  private final TreeMap<String, byte[]> objects = new TreeMap<>();

  /** How many of its answers to writes are none; reads, which are many, fail less. */
  double trouble;

  /** Nothing that is written arrives. */
  boolean refusesWrites;

  SimulatedStore(Random random, Later later) {
    this.random = random;
    this.later = later;
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    if (refusesWrites) {
      throw new IOException("SlowDown (503)");
    }
    if (isInTrouble(1)) {
      switch (random.nextInt(4)) {
        case 0 -> throw new IOException("ConditionalRequestConflict (409)");
        case 1 -> throw new IOException("SlowDown (503)");
        case 2 -> put(name, content);
        default ->
            later.after((long) (random.nextDouble() * LONGEST_DELAY), () -> put(name, content));
      }
      throw new IOException("timed out");
    }
    return put(name, content);
  }

  private boolean put(String name, byte[] content) {
    byte[] there = objects.putIfAbsent(name, content);
    return there == null || Arrays.equals(there, content);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    if (isInTrouble(READS)) {
      throw new IOException("SlowDown (503)");
    }
    return Optional.ofNullable(objects.get(name));
  }

  @Override
  public List<String> list(String folder, String after, int most) throws IOException {
    if (isInTrouble(READS)) {
      throw new IOException("SlowDown (503)");
    }
    String inFolder = folder + "/";
    return objects.tailMap(inFolder).keySet().stream()
        .takeWhile(name -> name.startsWith(inFolder))
        .map(name -> name.substring(inFolder.length()).replaceFirst("/.*", ""))
        .distinct()
        .filter(name -> name.compareTo(after) > 0)
        .limit(most)
        .toList();
  }

  private boolean isInTrouble(double part) {
    return trouble > 0 && random.nextDouble() < trouble * part;
  }

  @Override
  public String place(String name) {
    return "memory:" + name;
  }

  @Override
  public void close() {
    // It is memory.
  }
}
