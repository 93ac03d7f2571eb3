package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.Cancelled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Prints one line for each instance that was asked to cancel a deploy. Used by one thread. */
public final class CancelReport {

  private static final int LONGEST_LINE = 2000;

  private final CleanWriter out;
  private final boolean json;

  /**
   * @param out takes the lines
   * @param json whether each line is a JSON object, for programs
   */
  public CancelReport(CleanWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Shows an answer. */
  public void show(Cancelled answer) {
    out.println(json ? JsonOutcome.escaped(object(answer)) : line(answer));
    out.flush();
  }

  private static String line(Cancelled answer) {
    String word = answer.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return answer.target() + " " + word + ": " + Text.shortened(answer.reason(), LONGEST_LINE);
  }

  private static String object(Cancelled answer) {
    try {
      return JSON.std
          .composeString()
          .startObject()
          .put("target", answer.target())
          .put("result", answer.result().name())
          .put("deploy", answer.deploy())
          .put("commit", answer.commit())
          .put("reason", answer.reason())
          .end()
          .finish();
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON in memory cannot be written", impossible);
    }
  }
}
