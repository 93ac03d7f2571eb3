package dev.fastdeploy.launcher.fleet.run;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.fleet.carrier.Carrier;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Ask;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.FleetPlanner;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.SourceAnswer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A deploy of a fleet, from its first sweep to its end: feeds the planner with what happens and
 * does what it says. One thread runs it; blocking work has threads of its own.
 */
public final class FleetRun {

  /** The place that the journal is written to. */
  public interface Journal extends Closeable {

    /** Appends a segment, on another thread. The result is reported later. */
    void append(Action.Append append);

    /**
     * Records how the deploy ended, after the last segment. Waits until that is in the record.
     *
     * @return false if somebody else has the deploy
     * @throws IOException if the record does not take it, with a message for the user
     */
    boolean end(Summary summary) throws IOException, InterruptedException;

    @Override
    void close();
  }

  /**
   * The end of a deploy.
   *
   * @param unrecorded why the end is not in the record; empty if it is
   */
  public record Ended(Summary summary, String unrecorded) {}

  private final Plan plan;
  private final Set<Commit> images;
  private final List<FleetSource> sources;
  private final Gate gate;
  private final Consumer<Event> listener;
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final long startedNanos = System.nanoTime();
  private final List<ExecutorService> threads = new ArrayList<>();

  /**
   * @param images the container images that the record knows
   * @param sources in the plan's order and with its names; closed at the end
   * @param listener receives the events, on the running thread
   */
  public FleetRun(
      Plan plan,
      Set<Commit> images,
      List<FleetSource> sources,
      Gate gate,
      Consumer<Event> listener) {
    this.plan = plan;
    this.images = Set.copyOf(images);
    this.sources = List.copyOf(sources);
    this.gate = gate;
    this.listener = listener;
  }

  /** Takes an input, on any thread. */
  public void feed(Input input) {
    inputs.add(input);
  }

  /**
   * Runs the deploy.
   *
   * @param before what earlier owners fed the planner; empty for a new deploy
   * @param carrier delivers requests to members and feeds their answers; closed at the end
   * @param journal closed at the end
   * @return how it ended
   * @throws InterruptedException if the thread was interrupted: another owner may go on
   */
  public Ended run(List<Action.Entry> before, Carrier carrier, Journal journal)
      throws InterruptedException {
    try (carrier;
        journal) {
      FleetPlanner planner = FleetPlanner.start(plan, images, 0);
      long offset = 0;
      List<Action> actions = planner.actions();
      if (!before.isEmpty()) {
        for (Action.Entry entry : before) {
          offset = Math.max(offset, entry.at());
          Summary over = summary(planner.on(entry.input(), entry.at()));
          if (over != null) {
            // The previous owner died, or lost the store, with only the end still to be written.
            return end(over, List.of(), journal);
          }
        }
        actions = planner.on(new Input.TakenOver(), now(offset));
      }
      Summary summary = perform(actions, carrier, journal);
      while (summary == null) {
        summary = perform(next(planner, offset), carrier, journal);
        // Inputs that came meanwhile are taken before anybody is given up.
        if (summary == null && inputs.isEmpty()) {
          summary = perform(planner.tick(now(offset)), carrier, journal);
        }
      }
      return end(summary, planner.rest(), journal);
    } finally {
      close();
    }
  }

  /**
   * Checks whether a deploy could begin, without changing anything: members are asked only for
   * their status.
   *
   * @param carrier closed at the end
   * @return the end that it would come to at once, or empty if it would begin
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<Summary> check(Carrier carrier) throws InterruptedException {
    try (carrier) {
      FleetPlanner planner = FleetPlanner.start(plan, images, 0);
      List<Action> actions = planner.actions();
      while (true) {
        for (Action action : actions) {
          if (action instanceof Action.Say say && say.event() instanceof Event.Entered) {
            return Optional.empty();
          } else if (action instanceof Action.End end) {
            return Optional.of(end.summary());
          } else if (action instanceof Action.AskMember ask && ask.ask() instanceof Ask.Status) {
            carrier.perform(ask);
          } else if (action instanceof Action.Sweep sweep) {
            sweep(sweep.number());
          } else if (action instanceof Action.Say say) {
            listener.accept(say.event());
          }
        }
        actions = next(planner, 0);
        if (actions.isEmpty() && inputs.isEmpty()) {
          actions = planner.tick(now(0));
        }
      }
    } finally {
      close();
    }
  }

  /** Ends the record, which must tell the whole story, including the last seconds. */
  private static Ended end(Summary summary, List<Action.Append> rest, Journal journal)
      throws InterruptedException {
    if (summary.ending() == Ending.SUPERSEDED) {
      return new Ended(summary, "");
    }
    rest.forEach(journal::append);
    try {
      return new Ended(
          summary, journal.end(summary) ? "" : "somebody else has already ended it in the record");
    } catch (IOException failure) {
      return new Ended(summary, Diagnostics.reason(failure));
    }
  }

  private void close() {
    threads.forEach(ExecutorService::shutdownNow);
    sources.forEach(FleetSource::close);
  }

  private long now(long offset) {
    return offset + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }

  /** Waits for the next input or for the planner's time, and feeds it. */
  private List<Action> next(FleetPlanner planner, long offset) throws InterruptedException {
    OptionalLong wakeAt = planner.wakeAt();
    Input input =
        wakeAt.isEmpty()
            ? inputs.take()
            : inputs.poll(Math.max(0, wakeAt.getAsLong() - now(offset)), TimeUnit.MILLISECONDS);
    return input == null ? planner.tick(now(offset)) : planner.on(input, now(offset));
  }

  private @Nullable Summary perform(List<Action> actions, Carrier carrier, Journal journal) {
    for (Action action : actions) {
      if (action instanceof Action.AskMember ask) {
        carrier.perform(ask);
      } else if (action instanceof Action.Sweep sweep) {
        sweep(sweep.number());
      } else if (action instanceof Action.AskGate ask) {
        ask(ask);
      } else if (action instanceof Action.Append append) {
        journal.append(append);
      } else if (action instanceof Action.Say say) {
        listener.accept(say.event());
      }
    }
    return summary(actions);
  }

  private static @Nullable Summary summary(List<Action> actions) {
    Summary summary = null;
    for (Action action : actions) {
      if (action instanceof Action.End end) {
        summary = end.summary();
      }
    }
    return summary;
  }

  /**
   * Asks each source on a thread of its own, so that one that does not answer holds up no other.
   */
  private void sweep(int number) {
    if (threads.isEmpty()) {
      sources.forEach(source -> threads.add(thread("fastdeploy-source")));
      threads.add(thread("fastdeploy-gate"));
    }
    for (int i = 0; i < sources.size(); i++) {
      FleetSource source = sources.get(i);
      threads.get(i).execute(() -> feed(answer(source, number)));
    }
  }

  private static Input answer(FleetSource source, int sweep) {
    try {
      SourceAnswer answer = source.ask();
      if (answer instanceof SourceAnswer.Seen seen) {
        return new Input.Seen(source.name(), sweep, seen.members(), seen.complete());
      }
      return new Input.Unknown(source.name(), sweep, ((SourceAnswer.Unknown) answer).why());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return new Input.Unknown(source.name(), sweep, "the question was interrupted");
    }
  }

  private void ask(Action.AskGate ask) {
    threads
        .get(threads.size() - 1)
        .execute(
            () -> {
              try {
                Gate.Said said = gate.ask(ask.gate());
                feed(new Input.GateSaid(ask.gate(), ask.question(), said.answer(), said.why()));
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException failure) {
                feed(
                    new Input.GateSaid(
                        ask.gate(), ask.question(), GateAnswer.UNKNOWN, String.valueOf(failure)));
              }
            });
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
