package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * An environment variable that marks processes started with it, and those that these started, so
 * that all are found again: even a child whose parent was killed, which no longer belongs to any
 * tree. Linux only: it reads /proc. Thread-safe.
 */
public final class ProcessMark {

  private final String variable;

  /** Creates a mark that no other process has. */
  public ProcessMark() {
    this("DEMO_MARK_" + UUID.randomUUID().toString().replace("-", ""));
  }

  /**
   * Creates a mark that several processes share, so that one of them can find what another has
   * started.
   *
   * @param variable its name; long enough not to be part of another's
   */
  public ProcessMark(String variable) {
    this.variable = variable;
  }

  /** Returns the variable's name. */
  public String variable() {
    return variable;
  }

  /** Marks a process that is about to be started. */
  public void put(Map<String, String> environment) {
    environment.put(variable, "1");
  }

  /** Returns the marked processes that live; this one is never among them. */
  public List<ProcessHandle> living() {
    ProcessHandle self = ProcessHandle.current();
    return ProcessHandle.allProcesses()
        .filter(process -> !process.equals(self))
        .filter(this::marked)
        .toList();
  }

  /**
   * Kills all of them.
   *
   * @return true if none is left
   */
  public boolean killAll(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<ProcessHandle> left = living();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      left.forEach(ProcessHandle::destroyForcibly);
      TimeUnit.MILLISECONDS.sleep(10);
      left = living();
    }
    return left.isEmpty();
  }

  private boolean marked(ProcessHandle process) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(variable + "=");
    } catch (IOException goneOrAnotherUsers) {
      return false;
    }
  }
}
