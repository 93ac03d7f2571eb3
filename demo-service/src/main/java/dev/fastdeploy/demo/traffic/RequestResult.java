package dev.fastdeploy.demo.traffic;

import org.jspecify.annotations.Nullable;

/**
 * One request and what became of it.
 *
 * @param instance which instance was asked, from 0
 * @param path what it was asked for
 * @param startMillis when the connection was begun, UTC milliseconds
 * @param endMillis when the fate was known
 * @param fate what became of it
 * @param answer who answered, if it was served
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

  /** Whether it was answered by that commit. */
  public boolean answeredBy(String commit) {
    return answer != null && answer.commit().equals(commit);
  }
}
