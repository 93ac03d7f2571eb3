package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.ProcessMark;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Clears a benchmark after each test, and sees that none of the processes it started lives on. */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {

  private final ProcessMark mark = new ProcessMark();
  private final Runnable clear;

  /**
   * @param clear takes away what the benchmark has started
   */
  NothingLeft(Runnable clear) {
    this.clear = clear;
  }

  /** The processes that the benchmark has started and that live. */
  List<ProcessHandle> living() {
    return mark.living();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty(Workplace.MARK_PROPERTY, mark.variable());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    clear.run();
    System.clearProperty(Workplace.MARK_PROPERTY);
    assertThat(living()).isEmpty();
  }
}
