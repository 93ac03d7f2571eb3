package dev.fastdeploy.launcher.supervisor.output;

/** The origin of a line. */
public enum LogStream {
  STDOUT("stdout"),
  STDERR("stderr"),
  /** The launcher's own lines, which go to its standard error. */
  LAUNCHER("launcher");

  private final String label;

  LogStream(String label) {
    this.label = label;
  }

  /** Returns its name in a log. */
  String label() {
    return label;
  }
}
