package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.SignalReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Receives signals and passes them on. Java 17 can send TERM and KILL only; for the others the
 * {@code kill} program is looked up once.
 */
public final class Signals {

  private static final List<String> PASSED_ON = List.of("TERM", "INT", "HUP", "USR1", "WINCH");

  private static final String KILL = "kill";
  private static final String SESSION = "setsid";

  private final Optional<Path> killProgram = find(KILL);
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean saidNotPassedOn = new AtomicBoolean();

  /**
   * Passes every signal that is meant for the service to a receiver, from now on.
   *
   * @param receiver gets the name without SIG, on a thread of the JVM
   */
  public void receive(Consumer<String> receiver) {
    if (!SignalReceiver.receive(PASSED_ON, receiver)) {
      throw new IllegalArgumentException(
          "the launcher's Java runtime lacks the module jdk.unsupported, without which no signal"
              + " can be received; add it to --add-modules of jlink");
    }
  }

  /** Returns the number of a signal on Linux, for the exit code 128 + n (signal(7)). */
  public static int number(String name) {
    return switch (name) {
      case "HUP" -> 1;
      case "INT" -> 2;
      case "USR1" -> 10;
      case "WINCH" -> 28;
      default -> 15;
    };
  }

  /** Returns true if a signal asks a process to end. */
  public static boolean isStop(String name) {
    return name.equals("TERM") || name.equals("INT");
  }

  /**
   * Requires that a service can have a process group of its own and be reached as such.
   *
   * @throws IllegalArgumentException if a program is missing, with a message for the user
   */
  public void requireGroups() {
    for (String program : List.of(SESSION, KILL)) {
      if (find(program).isEmpty()) {
        throw new IllegalArgumentException(
            Setting.SIGNAL_GROUP.option()
                + " needs the program '"
                + program
                + "', which this image lacks; add the package "
                + (program.equals(KILL) ? "procps" : "util-linux")
                + " or omit the option");
      }
    }
  }

  /** Returns a command that runs in a session, and so in a process group, of its own: setsid(1). */
  public static List<String> inOwnGroup(List<String> command) {
    List<String> words = new ArrayList<>(List.of(SESSION, "--"));
    words.addAll(command);
    return words;
  }

  /** Sends a signal to a process; if that is impossible, a stop is sent as TERM. */
  public void send(String name, Process process) {
    if (name.equals("TERM")) {
      process.destroy();
    } else if (!kill(name, Long.toString(process.pid()), () -> {})) {
      stopOtherwise(name, process);
    }
  }

  /**
   * Sends a signal to the process group that a process leads. For a moment after its start it does
   * not lead one yet; until then the signal goes to the process alone.
   */
  public void sendToGroup(String name, Process leader) {
    if (!kill(name, "-" + leader.pid(), () -> send(name, leader))) {
      stopOtherwise(name, leader);
    }
  }

  /** Kills a process, or the whole group that it leads. */
  public void kill(Process process, boolean group) {
    if (group) {
      kill("KILL", "-" + process.pid(), () -> {});
    }
    process.destroyForcibly();
  }

  private boolean kill(String name, String target, Runnable otherwise) {
    if (killProgram.isEmpty()) {
      sayNotPassedOn(name);
      return false;
    }
    try {
      Process kill =
          new ProcessBuilder(killProgram.get().toString(), "-s", name, "--", target)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      running.add(kill.pid());
      CompletableFuture<Void> unused =
          kill.onExit()
              .thenAccept(
                  ended -> {
                    running.remove(ended.pid());
                    ifFailed(ended, otherwise);
                  });
      return true;
    } catch (IOException cannotStart) {
      return false;
    }
  }

  /** Returns true if a process is a program that sends a signal for the launcher. */
  public boolean isSending(long pid) {
    return running.contains(pid);
  }

  private static void ifFailed(Process ended, Runnable otherwise) {
    if (ended.exitValue() != 0) {
      otherwise.run();
    }
  }

  private void sayNotPassedOn(String name) {
    if (!isStop(name) && saidNotPassedOn.compareAndSet(false, true)) {
      Diagnostics.say(
          "the signal "
              + name
              + " is not passed on: this image lacks the program 'kill'; add the package procps");
    }
  }

  private static void stopOtherwise(String name, Process process) {
    if (isStop(name)) {
      process.destroy();
    }
  }

  /** Finds a program on the path. */
  public static Optional<Path> find(String program) {
    return SearchPath.own().withSystem().find(program);
  }
}
