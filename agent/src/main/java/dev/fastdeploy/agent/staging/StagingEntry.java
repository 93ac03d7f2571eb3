package dev.fastdeploy.agent.staging;

import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StagingWords;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The payload's entry point for the JVM that an agent starts to stage a release. See {@link
 * StagingWords}. The exit code is 0 if there is an answer.
 */
public final class StagingEntry implements Function<Map<String, Object>, Object> {

  private static final long LOOK_MILLIS = 100;

  /** For an agent that could not even start this process properly. */
  private static final long REQUEST_MILLIS = 60_000;

  /** Less than an agent waits before it ends this process itself. */
  private static final long GRACE_MILLIS = 3_000;

  private static final Path WANT_OF_MEMORY = Path.of("/proc/self/oom_score_adj");

  /** Called by the payload's loader. */
  public StagingEntry() {}

  @Override
  public Object apply(Map<String, Object> values) {
    endBeforeTheService();
    InputStream in = new FileInputStream(FileDescriptor.in);
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      FutureTask<StagingRequest> asked = new FutureTask<>(() -> StagingRequest.readFrom(in));
      daemon("fastdeploy-request", asked).start();
      StagingRequest request = asked.get(REQUEST_MILLIS, TimeUnit.MILLISECONDS);
      System.getProperties().putAll(request.properties());
      Settings settings = new Settings(Map.of(), System.getProperties(), System.getenv());
      Home home = new Home(Path.of(settings.required(Setting.HOME)));
      // Also for TERM, by a launcher whose service has crashed.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> removeWhatIsHalf(home)));
      WhoeverAsked agent = WhoeverAsked.at(in);
      FutureTask<Void> staging =
          new FutureTask<>(
              () -> {
                new StoreStager(home, settings)
                    .stage(request.commit(), request.expected(), new Told(out, agent));
                return null;
              });
      daemon("fastdeploy-stage", staging).start();
      int code = answer(staging, agent, out);
      agent.awaitEnd();
      return code;
    } catch (TimeoutException neverAsked) {
      out.println("nothing was asked");
      return 1;
    } catch (ExecutionException | RuntimeException | InterruptedException | Error failure) {
      Throwable cause = failure.getCause();
      out.println(oneLine(cause == null ? failure : cause));
      return 1;
    }
  }

  private static int answer(FutureTask<Void> staging, WhoeverAsked agent, PrintStream out)
      throws InterruptedException {
    try {
      await(staging, agent);
      out.println(StagingWords.STAGED);
      return 0;
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof Exception) {
        out.println(StagingWords.FAILED + oneLine(cause));
        return 0;
      }
      // Want of memory, say, which tells nothing of the release.
      out.println(oneLine(cause == null ? failure : cause));
      return 1;
    } catch (TimeoutException nobodyWaits) {
      return 1;
    }
  }

  private static String oneLine(Throwable failure) {
    return Diagnostics.reason(failure).replace('\n', ' ');
  }

  /**
   * Waits for the end. A read from a store that says nothing cannot be interrupted, and ends with
   * this process.
   *
   * @throws TimeoutException if it does not come for a while after nobody waits any more
   */
  private static void await(FutureTask<Void> staging, WhoeverAsked agent)
      throws ExecutionException, InterruptedException, TimeoutException {
    long without = 0;
    while (true) {
      try {
        staging.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException goesOn) {
        without += agent.hasGone() ? LOOK_MILLIS : 0;
        if (without > GRACE_MILLIS) {
          throw goesOn;
        }
      }
    }
  }

  /** Has the kernel end this process first, should the container's memory not do (proc(5)). */
  private static void endBeforeTheService() {
    try {
      Files.writeString(WANT_OF_MEMORY, "1000", StandardCharsets.US_ASCII);
    } catch (IOException notAllowed) {
      // Then the kernel chooses by size.
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void removeWhatIsHalf(Home home) {
    try {
      home.removeStagingOf(ProcessHandle.current().pid());
    } catch (IOException leftForTheNextStart) {
      // Nobody would hear of it.
    }
  }

  /** Tells the agent. */
  private record Told(PrintStream out, WhoeverAsked agent) implements Stager.Progress {

    @Override
    public void bytes(long done, long total) {
      out.println(StagingWords.BYTES + done + " " + total);
    }

    @Override
    public void requireGoOn() throws IOException {
      if (agent.hasGone()) {
        throw new IOException("nobody waits for the release any more");
      }
    }
  }

  /** The agent, which holds the standard input open for as long as it waits. */
  private static final class WhoeverAsked implements Runnable {

    private final InputStream in;
    private volatile boolean gone;
    private final Thread watch = daemon("fastdeploy-agent-watch", this);

    private WhoeverAsked(InputStream in) {
      this.in = in;
    }

    static WhoeverAsked at(InputStream in) {
      WhoeverAsked agent = new WhoeverAsked(in);
      agent.watch.start();
      return agent;
    }

    @Override
    public void run() {
      try {
        while (in.read() >= 0) {
          // Nothing more is written.
        }
      } catch (IOException closed) {
        // As above.
      }
      gone = true;
    }

    boolean hasGone() {
      return gone;
    }

    /** Waits for a moment: the JVM's end takes 300 ms longer while a thread is in a system call. */
    void awaitEnd() throws InterruptedException {
      watch.join(GRACE_MILLIS);
    }
  }
}
