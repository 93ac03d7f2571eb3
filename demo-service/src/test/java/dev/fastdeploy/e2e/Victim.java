package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Who is killed in the middle of a deploy. */
enum Victim {
  /** By the kernel's OOM killer, say. */
  SERVICE {
    @Override
    void kill(LauncherProcess launcher) {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  },

  /** The agent in the service notices and ends it. */
  LAUNCHER {
    @Override
    void kill(LauncherProcess launcher) throws IOException, InterruptedException {
      List<ProcessHandle> services = launcher.descendants();
      launcher.signal(Signal.KILL);
      try {
        Awaitility.await("a service whose launcher has gone ends by itself")
            .atMost(TestBed.PATIENCE)
            .until(() -> services.stream().noneMatch(ProcessHandle::isAlive));
      } catch (ConditionTimeoutException timeout) {
        throw new AssertionError(
            timeout.getMessage() + "\n" + Survivors.tell(services, launcher), timeout);
      }
    }
  },

  /** As a platform does after its stop timeout, or a host that fails. */
  CONTAINER {
    @Override
    void kill(LauncherProcess launcher) throws IOException, InterruptedException {
      List<ProcessHandle> all = new ArrayList<>(launcher.descendants());
      launcher.signal(Signal.KILL);
      all.forEach(ProcessHandle::destroyForcibly);
    }
  };

  /** Kills it; returns once nothing of it runs that would end by itself. */
  abstract void kill(LauncherProcess launcher) throws IOException, InterruptedException;
}
