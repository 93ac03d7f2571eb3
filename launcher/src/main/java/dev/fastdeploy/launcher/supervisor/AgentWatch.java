package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.invocation.StartScript;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says once for each start that the service runs and its agent was not heard of: otherwise deploys
 * to it would fail weeks later, and nobody would know why.
 */
@SupervisorThread
final class AgentWatch {

  /** A JVM says hello within a second of its start; a start script may do much before that. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String REMEDY =
      "name java itself as the command, let a start script have --agent-via env and keep"
          + " JAVA_TOOL_OPTIONS, or say --no-agent";

  private final Duration patience;
  private final DueTime overdue = new DueTime();
  private @Nullable Child watched;

  /**
   * @param patience the time within which a service's agent should be heard of
   */
  AgentWatch(Duration patience) {
    this.patience = patience;
  }

  /**
   * Returns what is already wrong with a command that will not have the agent though it may be
   * meant to: it names java, or is a start script. Empty if the command gets the agent, or does not
   * look like a JVM's.
   *
   * @param agent whether the agent is wanted at all
   * @param release the directory that the command is started in
   */
  static Optional<String> visible(
      ServiceCommand command, List<String> words, boolean agent, Path release) {
    return agent
            && !command.hasAgent()
            && (words.stream().anyMatch(AgentWatch::meansJava)
                || StartScript.isIn(command.relativeWords(), release, Signals::find))
        ? Optional.of(
            "the service is started without the agent, and nobody can deploy to it: its command is"
                + " not java but '"
                + Text.shortened(words.get(0), 60)
                + "'; "
                + REMEDY)
        : Optional.empty();
  }

  /** Looks at each word of an argument: sh -c has them all in one. */
  private static boolean meansJava(String argument) {
    for (String word : argument.toLowerCase(Locale.ROOT).split("[\\s;&|()'\"]+", -1)) {
      String name = word.substring(word.lastIndexOf('/') + 1);
      if (name.equals("java") || name.endsWith(".sh") || name.endsWith(".jar")) {
        return true;
      }
    }
    return false;
  }

  /** Records that the service was started at a time in nanoseconds. */
  void started(Child child, long now) {
    watched = child.agentExpected() ? child : null;
    overdue.clear();
    if (watched != null) {
      overdue.at(now + patience.toNanos());
    }
  }

  /** Returns the nanoseconds until something is to be said; the largest number if nothing is. */
  long left(long now) {
    return waitsForAgent(watched) ? overdue.left(now) : Long.MAX_VALUE;
  }

  /**
   * Says so if it is time.
   *
   * @return true if it was said now
   */
  boolean say(long now) {
    Child child = watched;
    if (child == null || !waitsForAgent(child) || !overdue.takeIfDue(now)) {
      return false;
    }
    child.isSilent();
    Diagnostics.say(
        "no agent of the service has reported within "
            + patience.toSeconds()
            + " s, and nobody can deploy to it: its JVM was started without the agent, or by a"
            + " program that clears its environment; "
            + REMEDY);
    return true;
  }

  /**
   * Returns true while an agent may still be heard of. A child that ends or has ended says nothing
   * more.
   */
  private static boolean waitsForAgent(@Nullable Child child) {
    return child != null && !child.hello() && child.state() == ChildState.RUNNING;
  }
}
