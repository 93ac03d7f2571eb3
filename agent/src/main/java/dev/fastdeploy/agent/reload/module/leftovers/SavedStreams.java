package dev.fastdeploy.agent.reload.module.leftovers;

import java.io.InputStream;
import java.io.PrintStream;

/** The standard streams. */
final class SavedStreams implements Saved {

  private final InputStream in = System.in;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @Override
  public String about() {
    return "standard streams";
  }

  @Override
  public void restore(OldGeneration old) {
    if (System.in != in) {
      System.setIn(in);
    }
    if (System.out != out) {
      System.setOut(out);
    }
    if (System.err != err) {
      System.setErr(err);
    }
  }
}
