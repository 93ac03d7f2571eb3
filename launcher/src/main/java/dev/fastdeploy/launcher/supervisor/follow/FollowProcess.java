package dev.fastdeploy.launcher.supervisor.follow;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.configuration.InjectedOptions;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;

/**
 * The process that asks the record, from its start to its end. Each part of its work has a time
 * limit; it is killed when that is over, or when the launcher is told to stop.
 */
@SupervisorThread
final class FollowProcess {

  /** The longest line that the process can mean. */
  private static final int LONGEST_LINE = 4096;

  private final RecordQuestion question;
  private final Duration toAnswer;
  private final BlockingQueue<SupervisorEvent> events;
  private final StopListener listener;
  private final StopRequest stop;
  private final DueTime overdue = new DueTime();
  private FollowAnswer answer = new FollowAnswer.Unknown("");
  private String last = "";
  private boolean staging;

  /**
   * @param toAnswer the time within which the record must be read
   */
  FollowProcess(
      RecordQuestion question,
      Duration toAnswer,
      BlockingQueue<SupervisorEvent> events,
      StopListener listener,
      StopRequest stop) {
    this.question = question;
    this.toAnswer = toAnswer;
    this.events = events;
    this.listener = listener;
    this.stop = stop;
  }

  /** Asks; the answer means nothing if the launcher was told to stop meanwhile. */
  FollowAnswer ask() throws InterruptedException {
    Process process;
    try {
      process = start();
    } catch (IOException cannotStart) {
      return new FollowAnswer.Unknown(
          "the JVM that reads the record cannot be started: "
              + PipedProcess.withRemedy(String.valueOf(cannotStart.getMessage())));
    } catch (OutOfMemoryError noThread) {
      return new FollowAnswer.Unknown(LauncherThreads.remedy(noThread));
    }
    try {
      overdue.in(toAnswer.plus(question.grace()));
      return untilItsEnd(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(question.command()).redirectErrorStream(true);
    InjectedOptions.keepFrom(builder.environment());
    // Its standard input stays open as long as this process lives; it ends with it.
    Process process = builder.start();
    try {
      LauncherThreads.start("follow", () -> read(process));
    } catch (OutOfMemoryError noThread) {
      process.destroyForcibly();
      throw noThread;
    }
    return process;
  }

  private FollowAnswer untilItsEnd(Process process) throws InterruptedException {
    while (!stop.requested()) {
      SupervisorEvent event = listener.next(overdue.left(System.nanoTime()));
      if (event instanceof SupervisorEvent.Told told && told.process().equals(process)) {
        told(told.line());
      } else if (event instanceof SupervisorEvent.Exited exited
          && exited.process().equals(process)) {
        return ended(exited.code());
      }
      if (overdue.takeIfDue(System.nanoTime())) {
        return new FollowAnswer.Unknown(
            (staging ? "the release was not there" : "the record was not read")
                + " in "
                + (staging ? question.toStage() : toAnswer).toSeconds()
                + " s"
                + (last.isEmpty() ? "" : "; the last that was heard: " + last));
      }
    }
    return answer;
  }

  private void told(String line) {
    if (line.equals(FollowWords.STAGING)) {
      staging = true;
      overdue.in(question.toStage().plus(question.grace()));
    } else if (line.startsWith(FollowWords.SAYS)) {
      Diagnostics.say(line.substring(FollowWords.SAYS.length()));
    } else {
      FollowAnswer.in(line).ifPresentOrElse(found -> answer = found, () -> last = line);
    }
  }

  private FollowAnswer ended(int code) {
    boolean said = !answer.equals(new FollowAnswer.Unknown(""));
    return said
        ? answer
        : new FollowAnswer.Unknown(
            "the JVM that reads the record ended with "
                + code
                + (last.isEmpty() ? "" : ": " + Text.shortened(last, 300)));
  }

  private void read(Process process) {
    try (InputStream in = process.getInputStream()) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          tell(process, line);
        } else if (line.size() < LONGEST_LINE) {
          line.write(next);
        }
      }
      if (line.size() > 0) {
        tell(process, line);
      }
    } catch (IOException killed) {
      // Its end is reported all the same.
    }
    try {
      events.add(new SupervisorEvent.Exited(process, process.waitFor()));
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Process process, ByteArrayOutputStream line) {
    events.add(new SupervisorEvent.Told(process, line.toString(StandardCharsets.UTF_8)));
    line.reset();
  }
}
