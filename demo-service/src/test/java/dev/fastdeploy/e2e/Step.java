package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.ChildProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** How far a deploy of c2 is, as far as that can be seen from outside. */
enum Step {
  /** Nothing of the release is there yet. */
  ACCEPTED {
    @Override
    void await(TestBed bed, ChildProcess deploy) throws InterruptedException {
      awaitEvent(deploy, "accepted");
    }
  },

  /** The release is there and not current yet: load balancers are told. */
  STAGED {
    @Override
    void await(TestBed bed, ChildProcess deploy) throws InterruptedException {
      awaitEvent(deploy, "preDraining");
    }
  },

  /** It is current, the launcher expects the end of the process, and the shutdown hooks run. */
  DRAINING {
    @Override
    void await(TestBed bed, ChildProcess deploy) throws InterruptedException {
      awaitEvent(deploy, "draining");
    }
  },

  /** The launcher has a copy of the service's listener, and the old process ends. */
  HELD {
    @Override
    void await(TestBed bed, ChildProcess deploy) {
      awaitThat("a copy of the listener", () -> ListeningCopy.isIn(bed.lastLauncher(), bed.port()));
    }
  },

  /** Its process runs and is not ready. */
  STARTED {
    @Override
    void await(TestBed bed, ChildProcess deploy) throws InterruptedException {
      awaitSaid(bed, "is started, on probation");
      awaitThat("the new process", () -> !bed.lastLauncher().descendants().isEmpty());
    }
  },

  /** It serves and is on probation. */
  READY {
    @Override
    void await(TestBed bed, ChildProcess deploy) {
      awaitThat("c2 serves", () -> bed.servedCommit().equals("c2"));
    }
  },

  /** The launcher has proven and recorded it. */
  PROVEN {
    @Override
    void await(TestBed bed, ChildProcess deploy) throws InterruptedException {
      awaitSaid(bed, "the release c2 is proven");
    }
  };

  /** Waits until a deploy is there. */
  abstract void await(TestBed bed, ChildProcess deploy) throws InterruptedException;

  private static void awaitEvent(ChildProcess deploy, String event) throws InterruptedException {
    require(deploy.output().await(line -> line.contains("\"" + event + "\""), TestBed.PATIENCE));
  }

  private static void awaitSaid(TestBed bed, String words) throws InterruptedException {
    require(bed.lastLauncher().output().await(line -> line.contains(words), TestBed.PATIENCE));
  }

  private static void require(Optional<?> seen) {
    if (seen.isEmpty()) {
      throw new AssertionError("the deploy did not get there");
    }
  }

  private static void awaitThat(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(TestBed.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }
}
