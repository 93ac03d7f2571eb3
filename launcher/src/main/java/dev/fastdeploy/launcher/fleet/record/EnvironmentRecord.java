package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.release.record.DeployRecord;
import dev.fastdeploy.release.store.SharedObjects;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The record of an environment: the contents of its {@link DeployRecord}. Each call throws {@link
 * IOException}, with a message for the user, if the store does not answer or holds something else.
 * Thread-safe.
 */
public final class EnvironmentRecord implements Closeable {

  private static final int LONGEST_SEARCH = 1000;

  private final SharedObjects objects;
  private final DeployRecord record;
  private final String app;
  private final String environment;

  /**
   * @param objects closed with this
   * @throws IllegalArgumentException if a name cannot be part of a key, with a message for the user
   */
  public EnvironmentRecord(SharedObjects objects, String app, String environment) {
    this.objects = objects;
    this.record = new DeployRecord(objects, app, environment);
    this.app = app;
    this.environment = environment;
  }

  /** Returns the environment's name as a user knows it. */
  public String name() {
    return "'" + environment + "' of '" + app + "'";
  }

  /** Checks that the store can hold a lock. Called once, before the first epoch begins. */
  public void probe() throws IOException {
    record.probe();
  }

  /** Returns the newest epoch, or nothing before the first. */
  public Optional<Epoch> newest() throws IOException {
    OptionalInt number = record.newest();
    return number.isEmpty() ? Optional.empty() : epoch(number.getAsInt());
  }

  /** Returns an epoch, or empty if it never began. */
  public Optional<Epoch> epoch(int number) throws IOException {
    Optional<byte[]> begun = number < 1 ? Optional.empty() : record.beginning(number);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> ended = record.ending(number);
    String place = "epoch " + number + " of " + name();
    return Optional.of(
        new Epoch(
            number,
            RecordJson.read(Beginning.class, begun.get(), place),
            ended.isEmpty() ? null : RecordJson.read(Closing.class, ended.get(), place)));
  }

  /** Returns epochs, newest first. */
  public List<Epoch> history(int most) throws IOException {
    List<Epoch> history = new ArrayList<>();
    Optional<Epoch> epoch = newest();
    while (epoch.isPresent() && history.size() < most) {
      history.add(epoch.get());
      epoch = epoch(epoch.get().number() - 1);
    }
    return history;
  }

  /** Returns the newest epoch of a deploy, among the last thousand epochs. */
  public Optional<Epoch> find(DeployId deploy) throws IOException {
    return newest(epoch -> deploy.equals(epoch.beginning().deploy()));
  }

  /** Returns the newest epoch that matches, among the last thousand. */
  public Optional<Epoch> newest(Predicate<Epoch> wanted) throws IOException {
    return search(newest(), 0, wanted);
  }

  /**
   * Returns the newest epoch of a deploy, among a thousand.
   *
   * @param newest where the search starts
   * @param after number of an epoch up to which none belongs to the deploy; 0 if not known
   */
  Optional<Epoch> find(DeployId deploy, Epoch newest, int after) throws IOException {
    return search(Optional.of(newest), after, epoch -> deploy.equals(epoch.beginning().deploy()));
  }

  private Optional<Epoch> search(Optional<Epoch> newest, int after, Predicate<Epoch> wanted)
      throws IOException {
    Optional<Epoch> epoch = newest;
    for (int looked = 0; epoch.isPresent() && looked < LONGEST_SEARCH; looked++) {
      if (epoch.get().number() <= after) {
        break;
      }
      if (wanted.test(epoch.get())) {
        return epoch;
      }
      epoch = epoch(epoch.get().number() - 1);
    }
    return Optional.empty();
  }

  /**
   * Begins an epoch, which makes the caller its owner.
   *
   * @return false if somebody else did
   */
  public boolean begin(int epoch, Beginning beginning) throws IOException {
    return record.begin(epoch, RecordJson.writeWithFormat(beginning));
  }

  /**
   * Appends a segment to the journal.
   *
   * @return false if the caller no longer owns the epoch
   */
  boolean append(int epoch, int segment, String owner, List<Action.Entry> entries)
      throws IOException {
    return record.append(epoch, segment, RecordJson.write(new Segment(owner, entries)));
  }

  /** Returns the number of the last segment, by which a waiter sees whether the owner is alive. */
  int lastSegment(int epoch) throws IOException {
    return record.lastSegment(epoch);
  }

  /**
   * Returns the epoch in which the deploy of an epoch began: the same one if the deploy had no
   * earlier owner.
   */
  Epoch first(Epoch epoch) throws IOException {
    Epoch first = epoch;
    while (first.beginning().resumes() > 0) {
      int earlier = first.number() - 1;
      first =
          epoch(earlier)
              .orElseThrow(
                  () -> new IOException("epoch " + earlier + " of " + name() + " is missing"));
    }
    return first;
  }

  /**
   * Returns what all owners of a deploy up to an epoch fed its planner, in order.
   *
   * @param epoch the last epoch to include
   */
  public List<Action.Entry> replay(Epoch epoch) throws IOException {
    List<Action.Entry> entries = new ArrayList<>();
    for (int number = first(epoch).number(); number <= epoch.number(); number++) {
      segments(number, 0).forEach(entries::addAll);
    }
    return entries;
  }

  /**
   * Returns what the owner of an epoch fed its planner, one list per segment, for a follower.
   *
   * @param after number of segments that are already known
   */
  public List<List<Action.Entry>> segments(int epoch, int after) throws IOException {
    List<List<Action.Entry>> segments = new ArrayList<>();
    for (byte[] segment : record.replay(epoch, after)) {
      String place = "the journal of epoch " + epoch + " of " + name();
      segments.add(RecordJson.read(Segment.class, segment, place).entries());
    }
    return segments;
  }

  /**
   * Closes an epoch whose owner is gone.
   *
   * @param owner the one that closes it
   * @return false if somebody else did, or it had already ended
   */
  boolean close(int epoch, String owner, Closing.How how, Instant at, String why)
      throws IOException {
    return record.seal(epoch, owner)
        && record.end(epoch, RecordJson.write(new Closing(owner, at, how, null, why)));
  }

  /** Records how one's own deploy ended. Returns false if somebody else has the epoch. */
  boolean end(int epoch, String owner, Instant at, Summary summary) throws IOException {
    return record.end(
        epoch,
        RecordJson.write(new Closing(owner, at, Closing.How.ENDED, summary, summary.reason())));
  }

  /** Releases one's own lock, or another person's. */
  public boolean unlock(int epoch, String by, Closing.How how, Instant at, String why)
      throws IOException {
    return record.end(epoch, RecordJson.write(new Closing(by, at, how, null, why)));
  }

  /**
   * Leaves an order for the owner of an epoch.
   *
   * @return false if another order has the same id
   */
  public boolean order(int epoch, Order order) throws IOException {
    return record.order(epoch, order.id(), RecordJson.write(order));
  }

  /**
   * Returns the orders of an epoch. One that only a later version understands does not hide the
   * others.
   */
  List<Order> orders(int epoch) throws IOException {
    List<Order> orders = new ArrayList<>();
    for (byte[] order : record.orders(epoch)) {
      try {
        orders.add(RecordJson.read(Order.class, order, "an order of " + name()));
      } catch (IOException notUnderstood) {
        // Whoever gave it sees that it has no effect; there is nobody here to tell.
      }
    }
    return orders;
  }

  @Override
  public void close() {
    objects.close();
  }
}
