package dev.fastdeploy.release.record;

import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.release.store.SharedObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The record of an environment of an application. A deploy has an epoch in it; whoever creates its
 * beginning owns it, until somebody else seals its journal. Everything rests on creating objects
 * that do not exist: no clock is compared, nothing is replaced or removed.
 *
 * <p>Everything written must name its writer: an existing object with the same bytes counts as
 * one's own write whose answer was lost. Each call throws {@link IOException}, with a message for
 * the user, if the store does not answer; it can be tried again. Thread-safe if the objects are.
 */
public final class DeployRecord {

  private static final int PAGE = 1_000;
  private static final String BEGIN = "/begin.json";
  private static final String END = "/end.json";
  private static final String JOURNAL = "/journal";
  private static final String ORDERS = "/order";
  private static final String SUFFIX = ".json";
  private static final String SEALED = "{\"sealed\":";
  private static final Pattern EPOCH = Pattern.compile("\\d{9}");
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,127}");

  private final SharedObjects objects;
  private final String folder;

  /**
   * @throws IllegalArgumentException if a name cannot be part of a key, with a message for the user
   */
  public DeployRecord(SharedObjects objects, String app, String environment) {
    this.objects = objects;
    this.folder = "fleet/" + checked(app) + "/" + checked(environment);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a name: use 1 to 128 letters, digits, '.', '_' or '-', the first a letter"
              + " or a digit");
    }
    return name;
  }

  /** Checks that the store can hold a lock. Called once, before the first epoch begins. */
  public void probe() throws IOException {
    CreateProbe.check(objects, folder);
  }

  /** Returns the highest epoch, or nothing before the first. */
  public OptionalInt newest() throws IOException {
    // Epochs are named so that the newest comes first.
    for (String name : objects.list(folder, "", 1)) {
      if (EPOCH.matcher(name).matches()) {
        return OptionalInt.of(Fence.HIGHEST_EPOCH - Integer.parseInt(name));
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Begins an epoch, which makes the caller its owner.
   *
   * @return false if somebody else did
   */
  public boolean begin(int epoch, byte[] beginning) throws IOException {
    return objects.create(at(epoch) + BEGIN, beginning);
  }

  /** Returns what an epoch began with, or empty if it has not begun. */
  public Optional<byte[]> beginning(int epoch) throws IOException {
    return objects.read(at(epoch) + BEGIN);
  }

  /**
   * Appends a segment to the journal.
   *
   * @param segment its number, counting from 1 without gaps
   * @return false if somebody else has that place: the caller no longer owns the epoch
   */
  public boolean append(int epoch, int segment, byte[] content) throws IOException {
    if (isSeal(content)) {
      throw new IllegalArgumentException("a segment must not look like a seal");
    }
    return objects.create(segment(epoch, segment), content);
  }

  /** Returns the number of the last segment, by which a waiter sees whether the owner is alive. */
  public int lastSegment(int epoch) throws IOException {
    int last = 0;
    for (String name : names(at(epoch) + JOURNAL)) {
      last = Math.max(last, number(name));
    }
    return last;
  }

  /**
   * Closes the journal of an owner that is gone: a segment that is still on its way cannot be
   * appended after what is replayed.
   *
   * @param by the one that closes it, unique
   * @return false if somebody else did
   */
  public boolean seal(int epoch, String by) throws IOException {
    byte[] seal = (SEALED + "\"" + checked(by) + "\"}").getBytes(StandardCharsets.UTF_8);
    for (int segment = lastSegment(epoch); ; segment++) {
      if (segment > 0) {
        Optional<byte[]> there = objects.read(segment(epoch, segment));
        if (there.isPresent() && isSeal(there.get())) {
          return Arrays.equals(there.get(), seal);
        }
      }
      if (objects.create(segment(epoch, segment + 1), seal)) {
        return true;
      }
      // The owner was quicker, so it is alive; the next place is tried.
    }
  }

  /**
   * Returns what the owner of an epoch was fed, in order, as far as it is in the record.
   *
   * @param after number of segments that are already known
   */
  public List<byte[]> replay(int epoch, int after) throws IOException {
    List<byte[]> segments = new ArrayList<>();
    for (int segment = after + 1; ; segment++) {
      Optional<byte[]> content = objects.read(segment(epoch, segment));
      if (content.isEmpty() || isSeal(content.get())) {
        return segments;
      }
      segments.add(content.get());
    }
  }

  /**
   * Leaves an order for the owner.
   *
   * @param id the order's id
   * @return false if another order has the same id
   */
  public boolean order(int epoch, String id, byte[] order) throws IOException {
    return objects.create(at(epoch) + ORDERS + "/" + checked(id) + SUFFIX, order);
  }

  /** Returns the orders of an epoch, sorted by id. */
  public List<byte[]> orders(int epoch) throws IOException {
    List<byte[]> orders = new ArrayList<>();
    for (String name : names(at(epoch) + ORDERS)) {
      objects.read(at(epoch) + ORDERS + "/" + name).ifPresent(orders::add);
    }
    return orders;
  }

  /**
   * Records how an epoch ended.
   *
   * @return false if it had already ended in another way
   */
  public boolean end(int epoch, byte[] ending) throws IOException {
    return objects.create(at(epoch) + END, ending);
  }

  /** Returns how an epoch ended, or empty if it has not. */
  public Optional<byte[]> ending(int epoch) throws IOException {
    return objects.read(at(epoch) + END);
  }

  private List<String> names(String inFolder) throws IOException {
    List<String> all = new ArrayList<>();
    List<String> page;
    do {
      String after = all.isEmpty() ? "" : all.get(all.size() - 1);
      page = objects.list(inFolder, after, PAGE);
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }

  private String at(int epoch) {
    if (epoch < 1 || epoch > Fence.HIGHEST_EPOCH) {
      throw new IllegalArgumentException("'" + epoch + "' is not an epoch");
    }
    return folder + "/" + String.format(Locale.ROOT, "%09d", Fence.HIGHEST_EPOCH - epoch);
  }

  private String segment(int epoch, int segment) {
    String number = String.format(Locale.ROOT, "%08d", segment);
    return at(epoch) + JOURNAL + "/" + number + SUFFIX;
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
  }

  private static boolean isSeal(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).startsWith(SEALED);
  }
}
