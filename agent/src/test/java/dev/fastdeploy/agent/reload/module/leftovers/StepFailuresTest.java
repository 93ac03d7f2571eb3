package dev.fastdeploy.agent.reload.module.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whatever a step meets ends in a line, and the next step is taken. */
class StepFailuresTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final OldGeneration old =
      new OldGeneration(new URLClassLoader(new URL[0], null), Path.of("/nowhere"));
  private final List<String> done = new ArrayList<>();

  @Test
  void goesOnAfterWhatCannotBeLookedAt() {
    Leftovers leftovers =
        leftovers(
            step(
                "drivers",
                () -> {
                  throw new InaccessibleException("Java 99 has no java.sql.DriverManager");
                }),
            step("timers", () -> List.of(new Leftover("timer 'a'", () -> done.add("timer")))));

    assertThat(leftovers.clear(old, LONG))
        .containsExactly("cannot look at drivers: Java 99 has no java.sql.DriverManager");
    assertThat(done).containsExactly("timer");
    assertThat(leftovers.remaining(old))
        .containsExactly(
            "cannot look at drivers: Java 99 has no java.sql.DriverManager", "timer 'a'");
  }

  @Test
  void goesOnAfterOldCodeThrewWhateverItLikes() {
    Leftovers leftovers =
        leftovers(
            step(
                "drivers",
                () ->
                    List.of(
                        new Leftover(
                            "driver A",
                            () -> {
                              throw new NoClassDefFoundError("com/example/Gone");
                            }),
                        new Leftover("driver B", () -> done.add("B")))));

    assertThat(leftovers.clear(old, LONG))
        .containsExactly("driver A could not be cleared: NoClassDefFoundError: com/example/Gone");
    assertThat(done).containsExactly("B");
  }

  @Test
  void givesUpOldCodeThatDoesNotReturn() throws InterruptedException {
    AtomicReference<Thread> blocked = new AtomicReference<>();
    Leftovers leftovers =
        leftovers(
            step(
                "hooks",
                () ->
                    List.of(
                        new Leftover(
                            "hook 'a'",
                            () -> {
                              blocked.set(Thread.currentThread());
                              new CountDownLatch(1).await();
                            }))),
            step("timers", () -> List.of(new Leftover("timer 'a'", () -> done.add("timer")))));

    assertThat(leftovers.clear(old, Duration.ofMillis(50)))
        .contains("hooks: hook 'a' takes too long and was given up");
    assertThat(done).containsExactly("timer");
    Thread thread = Objects.requireNonNull(blocked.get());
    thread.join(LONG.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void saysWhatDidNotEndInTime() {
    Leftovers leftovers =
        leftovers(
            step("threads", () -> List.of(new Leftover("thread 'a'", () -> {}, () -> false))));

    assertThat(leftovers.clear(old, Duration.ofMillis(20)))
        .singleElement()
        .asString()
        .matches("thread 'a' did not end within \\d+ ms");
  }

  @Test
  void stopsWhereTheCallerIsInterrupted() {
    Thread.currentThread().interrupt();

    List<String> lines =
        leftovers(step("timers", () -> List.of()), step("hooks", () -> List.of())).clear(old, LONG);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(lines).containsExactly("interrupted while clearing timers");
  }

  @Test
  void stopsWhereTheCallerIsInterruptedAfterTheStep() {
    Thread caller = Thread.currentThread();

    List<String> lines =
        leftovers(
                step(
                    "timers",
                    () -> {
                      caller.interrupt();
                      return List.of();
                    }),
                step("hooks", () -> List.of()))
            .clear(old, LONG);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(lines).containsExactly("interrupted while clearing timers");
  }

  private static Leftovers leftovers(Step... steps) {
    return new Leftovers(JdkInternals.open(noInstrumentation()), () -> List.of(steps));
  }

  /** Nothing here looks into the JDK. */
  private static Instrumentation noInstrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            StepFailuresTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Step step(String about, Look look) {
    return new Step() {
      @Override
      public String about() {
        return about;
      }

      @Override
      public List<Leftover> find(OldGeneration old) throws InaccessibleException {
        return look.at();
      }
    };
  }

  private interface Look {
    List<Leftover> at() throws InaccessibleException;
  }
}
