package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeployConditionsTest {

  private static final PendingActivation PENDING =
      new PendingActivation(
          new DeployId("d0"), 4, new Commit("one"), new Commit("two"), "process", false, Map.of());

  @Test
  void whatADeployMeetsFirstIsTold() {
    DeployConditions nothingMet =
        new DeployConditions(
            Optional.of("no launcher"),
            Optional.of("it is read-only"),
            PENDING,
            false,
            Optional.of("another jar"));

    assertThat(nothingMet.refusal()).contains("no launcher");
    assertRefused(nothingMet::requireForActivation, Refusal.NO_LAUNCHER);
    assertRefused(
        () -> DeployConditions.requireWritableHome(Optional.of("it is read-only")),
        Refusal.HOME_UNWRITABLE);
  }

  @Test
  void eachConditionIsRequired() {
    assertRefused(with(Optional.of("gone"), Optional.empty(), null, true), Refusal.NO_LAUNCHER);
    assertRefused(with(Optional.empty(), Optional.of("full"), null, true), Refusal.HOME_UNWRITABLE);
    assertRefused(with(Optional.empty(), Optional.empty(), PENDING, true), Refusal.ON_PROBATION);
    assertRefused(with(Optional.empty(), Optional.empty(), null, false), Refusal.NO_READINESS);
    DeployConditions foreign =
        new DeployConditions(
            Optional.empty(), Optional.empty(), null, true, Optional.of("another jar"));
    assertRefused(foreign::requireForActivation, Refusal.CLASSES_OUTSIDE_RELEASE);
  }

  @Test
  void nothingIsRefusedWhereAllIsMet() {
    DeployConditions met = DeployConditions.configured(true);

    assertThat(met.refusal()).isEmpty();
    assertThatCode(met::requireForActivation).doesNotThrowAnyException();
  }

  @Test
  void aStoreNeedsAnApplication() {
    assertThat(DeployConditions.missingStore(settings(Map.of())))
        .get()
        .asString()
        .contains("--store");
    assertThat(DeployConditions.missingStore(settings(Map.of(Setting.STORE, "s3://b"))))
        .get()
        .asString()
        .contains("--app");
    assertThat(
            DeployConditions.missingStore(
                settings(Map.of(Setting.STORE, "s3://b", Setting.APP, "shop"))))
        .isEmpty();
  }

  private static DeployConditions with(
      Optional<String> noLauncher,
      Optional<String> unwritableHome,
      @Nullable PendingActivation pending,
      boolean readinessKnown) {
    return new DeployConditions(
        noLauncher, unwritableHome, pending, readinessKnown, Optional.empty());
  }

  private static void assertRefused(DeployConditions conditions, Refusal refusal) {
    assertRefused(conditions::requireForActivation, refusal);
    assertThat(conditions.refusal()).isPresent();
  }

  private interface Rule {
    void look() throws RefusedException;
  }

  private static void assertRefused(Rule rule, Refusal refusal) {
    assertThatThrownBy(rule::look)
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  private static Settings settings(Map<Setting, String> explicit) {
    return new Settings(explicit, new Properties(), Map.of());
  }
}
