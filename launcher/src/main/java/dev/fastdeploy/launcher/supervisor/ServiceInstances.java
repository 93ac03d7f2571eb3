package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances of the service that the launcher holds, in the order of their start. One that has
 * ended stays until another takes its place. Starts nothing.
 */
@SupervisorThread
final class ServiceInstances {

  private final List<ServiceInstance> held = new ArrayList<>();
  private @Nullable PipedProcess lastStarted;

  /** Records the start, before the service, of a process that is not the service. */
  void startedBefore(PipedProcess task) {
    lastStarted = task;
  }

  /** Records the start of an instance. It takes the place of those that have ended. */
  void started(ServiceInstance instance) {
    held.removeIf(ServiceInstances::hasEnded);
    held.add(instance);
    lastStarted = instance.child().piped();
  }

  /** Returns all of them. */
  List<ServiceInstance> all() {
    return held;
  }

  /** Returns the one that was started last; empty before the first start. */
  Optional<ServiceInstance> last() {
    return held.isEmpty() ? Optional.empty() : Optional.of(held.get(held.size() - 1));
  }

  /** Returns the one that has ended and that nothing has replaced. */
  Optional<ServiceInstance> ended() {
    return held.stream().filter(ServiceInstances::hasEnded).findFirst();
  }

  /** Returns true if at least one has not ended. */
  boolean anyLives() {
    return held.stream().anyMatch(instance -> !hasEnded(instance));
  }

  /** Returns the one that a process belongs to; empty if it is another's or none's. */
  Optional<ServiceInstance> of(Process process) {
    return held.stream().filter(instance -> instance.child().process().equals(process)).findFirst();
  }

  /** Returns the one whose agent speaks on a channel; empty if that agent was not adopted. */
  Optional<ServiceInstance> of(Channel channel) {
    return held.stream().filter(instance -> instance.child().owns(channel)).findFirst();
  }

  /**
   * Finds the instance of an agent that says hello.
   *
   * @param pid the pid of the agent's JVM
   * @return the instance that this JVM belongs to; empty if it belongs to none
   */
  Optional<ServiceInstance> adopt(Channel channel, long pid) {
    return held.stream().filter(instance -> instance.child().adopt(channel, pid)).findFirst();
  }

  /** Returns the process that was started last; its output comes out before the next one's. */
  @Nullable PipedProcess lastStarted() {
    return lastStarted;
  }

  private static boolean hasEnded(ServiceInstance instance) {
    return instance.child().state() == ChildState.EXITED;
  }
}
