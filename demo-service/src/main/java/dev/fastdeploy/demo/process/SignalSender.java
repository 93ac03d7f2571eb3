package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends signals to processes. */
public final class SignalSender {

  private SignalSender() {}

  /**
   * Sends a signal, through the shell, whose {@code kill} is built in: the JDK knows only two
   * signals, and a small image has no {@code kill} program.
   *
   * @throws IOException if it cannot be sent, for example because the process has ended
   */
  public static void send(Signal signal, long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s " + signal.name() + " " + pid)
            .redirectErrorStream(true)
            .start();
    String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (kill.waitFor() != 0) {
      throw new IOException(signal + " did not reach process " + pid + ": " + said);
    }
  }
}
