package dev.fastdeploy.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fastdeploy.agent.reload.ReloadStrategy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A JVM that has run out of something fails anywhere, and most likely where a class or a buffer is
 * first needed. Each call that a deploy makes of its surroundings fails in turn, once and for as
 * long as the deploy lasts. It must end, be told, and leave an instance that can be stopped and
 * deployed to.
 */
class ExhaustionTest {

  /** More than a deploy makes; the last of them fail nothing, and such a deploy is carried out. */
  private static final int CALLS = 40;

  static Stream<Throwable> shortages() {
    return Stream.of(
        new OutOfMemoryError("Metaspace"),
        new OutOfMemoryError("unable to create native thread"),
        new StackOverflowError(),
        new NoClassDefFoundError("Could not initialize class dev.fastdeploy.Some"));
  }

  @ParameterizedTest
  @MethodSource("shortages")
  void aDeployEndsWhereverItFailsOnce(Throwable shortage) {
    for (int call = 0; call < CALLS; call++) {
      check(new Exhausted(call, call, shortage));
    }
  }

  @ParameterizedTest
  @MethodSource("shortages")
  void aDeployEndsWhereNothingWorksFromACallOn(Throwable shortage) {
    for (int call = 0; call < CALLS; call++) {
      check(new Exhausted(call, Integer.MAX_VALUE, shortage));
    }
  }

  private static void check(Exhausted shortage) {
    Instance instance = shortage.instance;
    Deployer deployer = shortage.deployer;
    boolean told;
    try {
      deployer.submit(Instance.deploy("d1", 5, Instance.NEXT), instance.notices()::add);
      instance.work();
      told = true;
    } catch (Error refused) {
      // The endpoint answers the call with it.
      told = false;
    }
    shortage.over();

    if (instance.reloads() == 0) {
      assertThat(deployer.snapshot().deploys().active()).as("%s", shortage).isNull();
      if (told) {
        assertThat(instance.report().result())
            .as("%s", shortage)
            .isIn(ReportedResult.FAILED, ReportedResult.ROLLED_BACK);
        assertThat(instance.report().reason()).as("%s", shortage).contains(shortage.word());
      }
      deployer.submit(Instance.deploy("d2", 6, Instance.NEXT), instance.notices()::add);
      instance.work();
    }
    // From then on the process ends, which is no longer the deployer's to do.
    assertThat(instance.reloads()).as("%s", shortage).isOne();
    assertThatCode(deployer::stopping).doesNotThrowAnyException();
    assertThat(deployer.snapshot().state()).isEqualTo(InstanceState.STOPPING);
  }

  /** An instance of whose surroundings the calls from one on fail. */
  private static final class Exhausted {

    private final Instance instance = new Instance();
    private final AtomicInteger calls = new AtomicInteger();
    private final int first;
    private final int last;
    private final Throwable shortage;
    private boolean over;
    private final Deployer deployer;

    Exhausted(int first, int last, Throwable shortage) {
      this.first = first;
      this.last = last;
      this.shortage = shortage;
      this.deployer =
          instance.deployer(
              failing(ReleaseHome.class, instance.home()),
              failing(Stager.class, instance),
              List.of(failing(ReloadStrategy.class, instance)),
              failing(ServiceFacts.class, instance));
    }

    void over() {
      over = true;
    }

    String word() {
      return shortage.getMessage() == null
          ? shortage.getClass().getSimpleName()
          : shortage.getMessage();
    }

    private <T> T failing(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                int call = calls.getAndIncrement();
                if (!over && call >= first && call <= last) {
                  throw shortage;
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              }));
    }

    @Override
    public String toString() {
      return shortage + " at the calls " + first + " to " + last;
    }
  }
}
