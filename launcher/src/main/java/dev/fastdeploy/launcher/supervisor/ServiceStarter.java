package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the service from a release: its command line, its environment, its streams. */
final class ServiceStarter {

  private final RunOptions options;
  private final ServiceCommand command;
  private final Releases releases;
  private final Path channel;
  private final Map<String, String> platform;
  private final Consumer<SupervisorEvent> events;
  private final Child.Outputs outputs =
      new Child.Outputs(
          new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
  private int attempt;

  /**
   * @param channel where the agent connects to
   * @param platform variables that tell the service about its task
   */
  ServiceStarter(
      RunOptions options,
      ServiceCommand command,
      Releases releases,
      Path channel,
      Map<String, String> platform,
      Consumer<SupervisorEvent> events) {
    this.options = options;
    this.command = command;
    this.releases = releases;
    this.channel = channel;
    this.platform = platform;
    this.events = events;
  }

  /**
   * Starts it.
   *
   * @param before the child before, if there was one
   * @throws IOException if the command cannot be started, with a message for the user
   */
  Child start(Release release, @Nullable Child before) throws IOException {
    attempt++;
    Child child =
        Child.start(
            release,
            command.line(release),
            command.hasAgent(),
            environment(release),
            outputs,
            before,
            events);
    publishFacts(child);
    return child;
  }

  /** Which start was the last one, from 1. */
  int attempt() {
    return attempt;
  }

  /** The variables that a service of a release gets beside those of the launcher. */
  Map<String, String> environment(Release release) {
    Map<String, String> variables = new LinkedHashMap<>(platform);
    for (Setting setting : Setting.values()) {
      if (setting.reader().agent()) {
        options
            .settings()
            .said(setting)
            .ifPresent(value -> variables.put(setting.variable(), setting.absolute(value)));
      }
    }
    variables.put(ProcessContract.HOME, releases.home().root().toString());
    variables.put(ProcessContract.COMMIT, release.commit().id());
    variables.put(ProcessContract.RELEASE, release.directory().toString());
    variables.put(ProcessContract.CHANNEL, channel.toString());
    variables.put(ProcessContract.ATTEMPT, Integer.toString(attempt));
    return variables;
  }

  /** Tells other processes on this machine what runs. */
  void publishFacts(Child child) {
    if (!releases.writable()) {
      return;
    }
    long self = ProcessHandle.current().pid();
    LauncherFacts facts =
        new LauncherFacts(
            self,
            LauncherFacts.startedTicks(self),
            child.process().pid(),
            child.release().commit().id(),
            command.hasAgent(),
            options.tellsReadiness());
    try {
      facts.write(releases.home());
    } catch (IOException failure) {
      Diagnostics.say("in the home: " + Diagnostics.reason(failure));
    }
  }

  /** What other processes were told is no longer true. */
  void withdrawFacts() {
    try {
      Files.deleteIfExists(releases.home().launcherFacts());
    } catch (IOException unwritable) {
      // The facts carry the launcher's pid and start time, which no other process will have.
    }
  }

  /** How a service without an agent is asked for its readiness, if it is. */
  Optional<ReadinessProber> prober(Child child) {
    return child.agentExpected()
        ? Optional.empty()
        : options.readiness().map(question -> new ReadinessProber(question, child, events));
  }
}
