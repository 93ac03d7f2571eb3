package dev.fastdeploy.demo;

import dev.fastdeploy.demo.traffic.Answer;
import dev.fastdeploy.demo.traffic.Judgement;
import dev.fastdeploy.demo.traffic.RequestResult;
import dev.fastdeploy.demo.traffic.Traffic;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one step on one instance, and what its clients saw.
 *
 * @param instance the instance's name
 * @param before the commit that answered last before the step
 * @param after the commit that answered first after it
 * @param asked whether the command asked it to run the step's commit
 * @param outcome the outcome by its own record; null if it tried no such commit
 * @param stayed whether the process that answered before is the only one that answered, and whether
 *     by the instance's own record that commit runs, in a process older than the step
 * @param firstAnswerMillis from the RPC to the first complete answer of the step's commit
 * @param gapMillis the longest time between two answers of {@code /version}
 * @param requests the fate of the requests that were begun within the step
 */
record InstanceFigures(
    String instance,
    String before,
    String after,
    boolean asked,
    @Nullable Outcome outcome,
    boolean stayed,
    OptionalLong firstAnswerMillis,
    long gapMillis,
    Judgement requests) {

  private static final Answer NOBODY = new Answer("none", 0);

  /**
   * Evaluates an instance's traffic.
   *
   * @param history all requests to the instance
   * @param nextMillis the start of the next step; requests up to then count for this one
   * @param status the instance's own status after the last step
   */
  static InstanceFigures of(
      Step step,
      Instance instance,
      List<RequestResult> history,
      long nextMillis,
      ToldStatus status) {
    long start = step.result().startMillis();
    Outcome outcome = status.outcome(step.deploy()).orElse(null);
    List<RequestResult> within =
        history.stream()
            .filter(request -> request.startMillis() >= start && request.startMillis() < nextMillis)
            .toList();
    Answer last =
        history.stream()
            .filter(request -> request.endMillis() <= start && request.answer() != null)
            .max(Comparator.comparingLong(RequestResult::endMillis))
            .map(RequestResult::answer)
            .orElse(NOBODY);
    return new InstanceFigures(
        instance.name(),
        last.commit(),
        commitOf(
            history.stream()
                .filter(request -> request.startMillis() >= step.result().endMillis())
                .filter(request -> request.answer() != null)
                .min(Comparator.comparingLong(RequestResult::endMillis))),
        step.asked(instance),
        outcome,
        status.running().equals(last.commit())
            && status.startedMillis() < start
            && within.stream()
                .map(RequestResult::answer)
                .allMatch(answer -> answer == null || answer.equals(last)),
        outcome == null
            ? OptionalLong.empty()
            : firstAnswer(within, step.commit(), outcome.acceptedMillis()),
        longestGap(history, start, step.settledMillis()),
        Judgement.of(within, history, instance.books(), instance.running()));
  }

  private static String commitOf(Optional<RequestResult> request) {
    return request.map(RequestResult::answer).orElse(NOBODY).commit();
  }

  private static OptionalLong firstAnswer(
      List<RequestResult> requests, String commit, long acceptedMillis) {
    return requests.stream()
        .filter(request -> request.answeredBy(commit))
        .mapToLong(request -> request.endMillis() - acceptedMillis)
        .min();
  }

  private static long longestGap(List<RequestResult> history, long start, long end) {
    long last = 0;
    long longest = 0;
    List<Long> answers =
        history.stream()
            .filter(request -> request.answer() != null && request.path().equals(Traffic.QUICK))
            .map(RequestResult::endMillis)
            .sorted()
            .toList();
    for (long answer : answers) {
      if (last > 0 && answer >= start && last <= end) {
        longest = Math.max(longest, answer - last);
      }
      last = answer;
    }
    return longest;
  }
}
