package dev.fastdeploy.demo.traffic;

import java.util.Collection;
import java.util.Set;

/**
 * The fates of many requests.
 *
 * @param served answered in full
 * @param refused never begun: no connection was made, or it was reset and is proven to have been
 *     read by nobody
 * @param resetUnread the number of the refused ones that were reset
 * @param failed cut off, or not answered properly
 */
public record Judgement(long served, long refused, long resetUnread, long failed) {

  /**
   * Judges requests to one instance.
   *
   * <p>A reset without an answer counts as refused only if the accounts prove that nobody had read
   * the request. Otherwise it was in flight, and has failed.
   *
   * @param requests the requests to judge
   * @param history all requests to the instance so far, including these
   * @param books the accounts of the instance's processes
   * @param running the processes that have not ended
   */
  public static Judgement of(
      Collection<RequestResult> requests,
      Collection<RequestResult> history,
      Books books,
      Set<Long> running) {
    long served = count(requests, Fate.SERVED);
    long refused = count(requests, Fate.REFUSED);
    long reset = count(requests, Fate.RESET);
    long failed = count(requests, Fate.FAILED);
    return books.balance(history, running)
        ? new Judgement(served, refused + reset, reset, failed)
        : new Judgement(served, refused, 0, failed + reset);
  }

  /** Returns the sum of two. */
  public Judgement plus(Judgement other) {
    return new Judgement(
        served + other.served,
        refused + other.refused,
        resetUnread + other.resetUnread,
        failed + other.failed);
  }

  private static long count(Collection<RequestResult> requests, Fate fate) {
    return requests.stream().filter(request -> request.fate() == fate).count();
  }
}
