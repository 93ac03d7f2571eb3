package dev.fastdeploy.demo.traffic;

import org.jspecify.annotations.Nullable;

/**
 * One request and its fate.
 *
 * @param instance the instance that was asked, from 0
 * @param path what it was asked for
 * @param startMillis the start of the connection, UTC milliseconds
 * @param endMillis the time at which the fate was known
 * @param fate the fate of the request
 * @param answer the process that answered, if it was served
 * @param detail what was seen, for a request that failed
 */
public record RequestResult(
    int instance,
    String path,
    long startMillis,
    long endMillis,
    Fate fate,
    @Nullable Answer answer,
    String detail) {

  /** Returns true if it was answered by that commit. */
  public boolean answeredBy(String commit) {
    return answer != null && answer.commit().equals(commit);
  }
}
