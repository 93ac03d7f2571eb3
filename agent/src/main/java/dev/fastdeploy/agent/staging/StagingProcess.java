package dev.fastdeploy.agent.staging;

import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HelperJvm;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.StagingWords;
import dev.fastdeploy.contract.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the process that stages, from its start to its end. No thread of the service waits for
 * its output: it is looked at now and then. Used by one thread.
 */
final class StagingProcess {

  /** Between two looks at the output; a staging takes seconds. */
  private static final long LOOK_MILLIS = 20;

  /** The time to remove what was laid out, once nobody wants it any more. */
  private static final long GIVE_UP_MILLIS = 5_000;

  /** Between two kills of what does not end; a disk may keep it. */
  private static final long KILL_MILLIS = 100;

  private static final int LONGEST_LINE = 16_384;

  private static final int MOST_SAID = 20;

  private static final Pattern BYTES =
      Pattern.compile(Pattern.quote(StagingWords.BYTES) + "(\\d{1,18}) (\\d{1,18})");

  private static final String SAID = "fastdeploy: ";

  private final Process process;
  private final Stager.Progress progress;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> said = new ArrayList<>();
  private String answer = "";
  private String last = "";

  private StagingProcess(Process process, Stager.Progress progress) {
    this.process = process;
    this.progress = progress;
  }

  /**
   * Stages a release.
   *
   * @param home from which it is removed what the process leaves
   * @throws NoAnswerException if the process does not start, or ends without an answer
   * @throws IOException if the release is not staged, with a message for the user
   */
  static void stage(
      List<String> command, StagingRequest request, Home home, Stager.Progress progress)
      throws IOException {
    StagingProcess run = new StagingProcess(start(command), progress);
    try {
      run.stage(request);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the staging was stopped").initCause(stopped);
    } finally {
      run.end(home);
    }
  }

  private static Process start(List<String> command) throws NoAnswerException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    HelperJvm.keepOptionsFrom(builder.environment());
    try {
      return builder.start();
    } catch (IOException | OutOfMemoryError cannotStart) {
      throw new NoAnswerException(
          "the JVM that stages does not start: " + Diagnostics.reason(cannotStart), cannotStart);
    }
  }

  private void stage(StagingRequest request) throws IOException, InterruptedException {
    send(request);
    while (process.isAlive()) {
      read(process.getInputStream().available());
      progress.requireGoOn();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    read(Integer.MAX_VALUE);
    int code = process.exitValue();
    if (code == 0 && !answer.isEmpty()) {
      said.forEach(Diagnostics::say);
    }
    if (code == 0 && answer.startsWith(StagingWords.FAILED)) {
      throw new IOException(answer.substring(StagingWords.FAILED.length()));
    }
    if (code != 0 || !answer.equals(StagingWords.STAGED)) {
      throw new NoAnswerException(
          "the JVM that stages ended with "
              + code
              + (last.isEmpty() ? "" : ": " + Text.shortened(last, 300)),
          null);
    }
  }

  private void send(StagingRequest request) {
    try {
      // Stays open: its end would tell that nobody waits any more.
      request.writeTo(process.getOutputStream());
    } catch (IOException ended) {
      // Its last words tell why.
    }
  }

  private void read(int most) throws IOException {
    InputStream in = process.getInputStream();
    for (int count = 0; count < most; count++) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      if (next == '\n') {
        told(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (line.size() < LONGEST_LINE) {
        line.write(next);
      }
    }
  }

  private void told(String text) {
    Matcher bytes = BYTES.matcher(text);
    if (bytes.matches()) {
      progress.bytes(Long.parseLong(bytes.group(1)), Long.parseLong(bytes.group(2)));
    } else if (text.equals(StagingWords.STAGED) || text.startsWith(StagingWords.FAILED)) {
      answer = text;
      close();
    } else {
      last = text.startsWith(SAID) ? text.substring(SAID.length()) : text;
      if (text.startsWith(SAID) && said.size() < MOST_SAID) {
        said.add(last);
      }
    }
  }

  /** Tells it that nobody waits any more. */
  private void close() {
    try (OutputStream request = process.getOutputStream()) {
      request.flush();
    } catch (IOException closed) {
      // It has ended, or was told before.
    }
  }

  /** Lets it give up by itself, then ends it, and removes what it could not. */
  private void end(Home home) {
    close();
    boolean interrupted = Thread.interrupted();
    long patience = interrupted ? KILL_MILLIS : GIVE_UP_MILLIS;
    while (process.isAlive()) {
      try {
        if (!process.waitFor(patience, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          patience = KILL_MILLIS;
        }
      } catch (InterruptedException stopped) {
        interrupted = true;
        patience = Math.min(patience, KILL_MILLIS);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      home.removeStagingOf(process.pid());
    } catch (IOException leftForTheNextStart) {
      Diagnostics.say("what was staged last remains: " + Diagnostics.reason(leftForTheNextStart));
    }
  }
}
