package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;

/** A way to the API server of a cluster. */
interface KubernetesApi {

  /**
   * Reads a resource.
   *
   * @param path the path with its query
   * @return JSON
   * @throws ExpiredException if the server no longer knows a list that is being continued
   * @throws WithheldException if the server does not show the resource
   * @throws IOException if there is no answer, with a message for the user
   */
  String get(String path, AnswerDeadline deadline) throws IOException, InterruptedException;

  /**
   * Says that the account may not read a resource, or that it does not exist. Asking again does not
   * help.
   */
  final class WithheldException extends IOException {

    private static final long serialVersionUID = 1;

    WithheldException(String message) {
      super(message);
    }
  }

  /** Says that a list took too long to read and must be read again from the start. */
  final class ExpiredException extends IOException {

    private static final long serialVersionUID = 1;

    ExpiredException() {
      super("the cluster's list expired while it was being read; try again");
    }
  }
}
