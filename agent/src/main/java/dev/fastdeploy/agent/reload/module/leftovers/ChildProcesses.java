package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Child processes for whose end the old code waits by {@code onExit}. They are not ours to end: the
 * generation stays until they end, and that is reported.
 */
final class ChildProcesses implements Step {

  private static final String HANDLES = "java.lang.ProcessHandleImpl";

  private final JdkInternals jdk;

  ChildProcesses(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "child processes";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (jdk.initialised(HANDLES)
        && jdk.readStatic(HANDLES, "completions") instanceof Map<?, ?> completions) {
      Reach reach = new Reach(jdk, old);
      for (Map.Entry<?, ?> each : completions.entrySet()) {
        if (reach.leadsToOld(each.getValue())) {
          found.add(new Leftover("child process " + each.getKey(), ChildProcesses::runsOn));
        }
      }
    }
    return found;
  }

  private static void runsOn() {
    throw new IllegalStateException("it runs, and the old code waits for its end");
  }
}
