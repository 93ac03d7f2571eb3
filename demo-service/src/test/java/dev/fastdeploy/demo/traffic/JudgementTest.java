package dev.fastdeploy.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private static final RequestResult SERVED_BY_1 = result(Fate.SERVED, new Answer("c1", 1));
  private static final RequestResult SERVED_BY_2 = result(Fate.SERVED, new Answer("c2", 2));
  private static final RequestResult REFUSED = result(Fate.REFUSED, null);
  private static final RequestResult RESET = result(Fate.RESET, null);
  private static final RequestResult FAILED = result(Fate.FAILED, null);

  @Test
  void aResetIsARefusalIfTheBooksBalance() {
    List<RequestResult> all = List.of(SERVED_BY_1, RESET, REFUSED, SERVED_BY_2, FAILED);

    assertThat(Judgement.of(all, all, books(account(1, 1, 0), account(2, 1, 0)), Set.of()))
        .isEqualTo(new Judgement(2, 2, 1, 1));
  }

  @Test
  void aProcessThatRunsOwesNoAccountYet() {
    List<RequestResult> all = List.of(SERVED_BY_1, RESET, SERVED_BY_2);

    assertThat(Judgement.of(all, all, books(account(1, 1, 0)), Set.of(2L)).failed()).isZero();
    assertThat(Judgement.of(all, all, books(account(1, 1, 0)), Set.of()).failed()).isEqualTo(1);
  }

  @Test
  void aResetIsAFailureIfTheServiceAnsweredMoreThanWasReceived() {
    List<RequestResult> all = List.of(SERVED_BY_1, RESET);

    assertThat(Judgement.of(all, all, books(account(1, 2, 0)), Set.of(2L)).failed()).isEqualTo(1);
  }

  @Test
  void aResetIsAFailureIfTheServiceCutARequest() {
    List<RequestResult> all = List.of(SERVED_BY_1, RESET);

    assertThat(Judgement.of(all, all, books(account(1, 1, 1)), Set.of(2L)).failed()).isEqualTo(1);
  }

  @Test
  void booksAreReadFromTheOutput() {
    Books books =
        Books.read(
            List.of(
                "demo-service: listens commit=c1 pid=41 port=1",
                "something else",
                "demo-service: drained commit=c1 pid=41 answered=12 cut=3 ms=204"));

    assertThat(books.listened()).containsExactly(41L);
    assertThat(books.accounts()).containsExactly(new ProcessAccount("c1", 41, 12, 3, 204));
  }

  private static Books books(ProcessAccount... accounts) {
    return new Books(Set.of(1L, 2L), List.of(accounts));
  }

  private static ProcessAccount account(long pid, long answered, long cut) {
    return new ProcessAccount("c", pid, answered, cut, 0);
  }

  private static RequestResult result(Fate fate, @Nullable Answer answer) {
    return new RequestResult(0, "/version", 0, 1, fate, answer, "");
  }
}
