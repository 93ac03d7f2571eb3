package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;

/** A way to the API server of a cluster. */
interface KubernetesApi {

  /**
   * Reads a resource.
   *
   * @param path with its query
   * @return JSON
   * @throws ExpiredException if the server no longer knows a list that is read on
   * @throws WithheldException if the server does not show it
   * @throws IOException if there is no answer, with a message for the user
   */
  String get(String path, Deadline deadline) throws IOException, InterruptedException;

  /** The account may not read it, or it is not there: another question gets no other answer. */
  final class WithheldException extends IOException {

    private static final long serialVersionUID = 1;

    WithheldException(String message) {
      super(message);
    }
  }

  /** A list took too long to read, and has to be read anew. */
  final class ExpiredException extends IOException {

    private static final long serialVersionUID = 1;

    ExpiredException() {
      super("the list of the cluster expired while it was read; ask again");
    }
  }
}
