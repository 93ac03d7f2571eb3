package dev.fastdeploy.servers;

import java.nio.charset.StandardCharsets;

/**
 * What all services here answer.
 *
 * @param status the HTTP status
 * @param text the body, one line
 */
record Answer(int status, String text) {

  /** The type of every body. */
  static final String TYPE = "text/plain; charset=utf-8";

  /** The header that names the process. */
  static final String PROCESS = "Service-Process";

  /** The value of {@link #PROCESS}. */
  static final String PID = Long.toString(ProcessHandle.current().pid());

  /** Returns the answer to a request for a path. */
  static Answer to(String path) {
    return switch (path) {
      case "/health" -> new Answer(200, "ready\n");
      case "/work" -> new Answer(200, Revision.commit() + "\n");
      default -> new Answer(404, "use /health or /work\n");
    };
  }

  /** Returns the body on the wire. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
