package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A source that always answers in time. Its origin works on a thread of its own, so that a file
 * system or a library that hangs holds up nobody, and none of its failures escapes. An answer
 * without members counts as unknown: a typing error and a restarted cache look the same.
 */
final class BoundedSource implements FleetSource {

  /** Before a deploy a platform is asked for its members, and then for what it does to them. */
  private static final int QUESTIONS_BEFORE_DEPLOY = 2;

  private static final int LONGEST_REASON = 400;

  /**
   * Time for the origin to give its own reason at the deadline, which says more than "no answer".
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** A question that an origin answers. */
  private interface Question {
    SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException, InterruptedException;
  }

  private final String name;
  private final Origin origin;
  private final Duration patience;
  private @Nullable Thread asking;
  private @Nullable FutureTask<SourceAnswer.Seen> question;
  private volatile boolean closed;

  BoundedSource(String name, Origin origin, Duration patience) {
    this.name = name;
    this.origin = origin;
    this.patience = patience;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SourceAnswer ask() throws InterruptedException {
    return ask(origin::list, patience);
  }

  @Override
  public SourceAnswer askBeforeDeploy() throws InterruptedException {
    return ask(origin::listBeforeDeploy, patience.multipliedBy(QUESTIONS_BEFORE_DEPLOY));
  }

  private SourceAnswer ask(Question what, Duration within) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closed) {
      return new SourceAnswer.Unknown("the source is closed");
    }
    if (!endedBefore()) {
      return new SourceAnswer.Unknown("the previous question has not been answered yet");
    }
    AnswerDeadline deadline = AnswerDeadline.in(within);
    FutureTask<SourceAnswer.Seen> task = new FutureTask<>(() -> what.list(deadline));
    start(task);
    try {
      return checked(task.get(within.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      task.cancel(true);
      return new SourceAnswer.Unknown("no answer in " + shown(within));
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      throw interrupted;
    } catch (CancellationException closing) {
      return new SourceAnswer.Unknown("the source is closed");
    } catch (ExecutionException failure) {
      return new SourceAnswer.Unknown(reason(failure.getCause()));
    }
  }

  @Override
  public void close() {
    closed = true;
    cancel();
    origin.close();
  }

  /** Returns whether no earlier question is under way any more, or it ends now. */
  private boolean endedBefore() throws InterruptedException {
    Thread before = asked();
    if (before == null) {
      return true;
    }
    before.join(patience.toMillis());
    return !before.isAlive();
  }

  private synchronized @Nullable Thread asked() {
    return asking;
  }

  private synchronized void start(FutureTask<SourceAnswer.Seen> task) {
    Thread thread = new Thread(task, "fastdeploy-source");
    thread.setDaemon(true);
    asking = thread;
    question = task;
    thread.start();
  }

  private synchronized void cancel() {
    if (question != null) {
      question.cancel(true);
    }
  }

  private SourceAnswer checked(SourceAnswer.Seen seen) {
    if (closed) {
      return new SourceAnswer.Unknown("the source is closed");
    }
    return seen.members().isEmpty() ? new SourceAnswer.Unknown("it names no instance") : seen;
  }

  private String reason(@Nullable Throwable failure) {
    if (closed || failure == null) {
      return "the source is closed";
    }
    if (failure instanceof InterruptedException) {
      return "the question was interrupted";
    }
    String reason = Diagnostics.reason(failure);
    return Text.shortened(
        failure instanceof IOException ? reason : "it failed: " + reason, LONGEST_REASON);
  }

  /** Writes a duration for a person. */
  static String shown(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
