package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.demo.process.ChildProcess;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A service that is started as one process, with nobody beside it that would refuse a release or
 * say that a reload is over: its answers have to do.
 */
abstract class UnwatchedRig implements Rig {

  private final ChildProcess process;
  private final int port;

  UnwatchedRig(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  @Override
  public final int port() {
    return port;
  }

  @Override
  public final String refusal() {
    return "";
  }

  @Override
  public final String settle(Duration timeout) {
    return "";
  }

  @Override
  public final Set<Long> processes() {
    Set<Long> pids = new LinkedHashSet<>();
    pids.add(process.pid());
    process.descendants().forEach(other -> pids.add(other.pid()));
    return pids;
  }

  @Override
  public final List<String> lastLines() {
    return process.output().last(5);
  }

  @Override
  public final void close() {
    process.close();
  }
}
