package dev.fastdeploy.demo.traffic;

import dev.fastdeploy.demo.service.DemoService;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The accounts of the processes of one instance about the requests that they read.
 *
 * @param listened the processes that have listened
 * @param accounts the accounts of those that have drained
 */
public record Books(Set<Long> listened, List<ProcessAccount> accounts) {

  private static final Pattern LISTENS =
      Pattern.compile(Pattern.quote(DemoService.LISTENS) + " commit=\\S+ pid=(\\d+) port=\\d+");

  public Books {
    listened = Set.copyOf(listened);
    accounts = List.copyOf(accounts);
  }

  /** Reads the accounts in an instance's output. */
  public static Books read(List<String> lines) {
    return new Books(
        lines.stream()
            .map(LISTENS::matcher)
            .filter(Matcher::matches)
            .map(matcher -> Long.valueOf(matcher.group(1)))
            .collect(Collectors.toSet()),
        lines.stream().map(ProcessAccount::parse).flatMap(Optional::stream).toList());
  }

  /**
   * Returns true if they prove that every request that was read has been answered and received:
   * each process that listened and has ended gave an account, left nothing unanswered, and answered
   * as many requests as the clients got answers from it.
   *
   * @param history all requests to the instance so far
   * @param running the processes that have not ended
   */
  boolean balance(Collection<RequestResult> history, Set<Long> running) {
    Set<Long> unaccounted = new HashSet<>(listened);
    accounts.forEach(account -> unaccounted.remove(account.pid()));
    unaccounted.removeAll(running);
    return unaccounted.isEmpty()
        && accounts.stream()
            .allMatch(
                account ->
                    account.cut() == 0 && account.answered() == receivedFrom(account, history));
  }

  private static long receivedFrom(ProcessAccount account, Collection<RequestResult> history) {
    return history.stream()
        .map(RequestResult::answer)
        .filter(Objects::nonNull)
        .filter(answer -> answer.pid() == account.pid())
        .count();
  }
}
