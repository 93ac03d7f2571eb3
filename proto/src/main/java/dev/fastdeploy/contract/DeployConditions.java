package dev.fastdeploy.contract;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that any deploy to an instance needs, whichever commit it brings. The launcher
 * names the missing ones when it starts, the agent refuses a deploy without them, and each status
 * shows them, so all give the same reason. A condition that the caller does not know counts as met.
 *
 * @param noLauncher why no launcher can start the next process; empty if one can, or none is needed
 * @param unwritableHome why the home cannot be written to; empty if it can
 * @param pending the last activation, if it has not ended
 * @param readinessKnown whether something tells when a release is ready
 * @param foreignClasses why the service runs code that a deploy would not replace; empty if there
 *     is no sign of it
 * @param noStore why no release can be fetched; empty if one can. A release that is already in the
 *     home needs no store
 */
public record DeployConditions(
    Optional<String> noLauncher,
    Optional<String> unwritableHome,
    @Nullable PendingActivation pending,
    boolean readinessKnown,
    Optional<String> foreignClasses,
    Optional<String> noStore) {

  /** Returns what is known before the service starts: its configuration. */
  public static DeployConditions configured(boolean readinessKnown, Settings settings) {
    return new DeployConditions(
        Optional.empty(),
        Optional.empty(),
        null,
        readinessKnown,
        Optional.empty(),
        noStore(settings));
  }

  /**
   * Returns the missing setting of a store; empty if none is missing. A value may still be wrong.
   */
  public static Optional<String> noStore(Settings settings) {
    if (settings.text(Setting.STORE).isEmpty()) {
      return Optional.of("nothing tells where the releases are; give " + Setting.STORE.option());
    }
    if (settings.text(Setting.APP).isEmpty()) {
      return Optional.of(
          "nothing tells which application's releases to take; give " + Setting.APP.option());
    }
    return Optional.empty();
  }

  /**
   * Requires what the activation of any release needs.
   *
   * @throws RefusedException for the first condition that is not met
   */
  public void requireForActivation() throws RefusedException {
    require(noLauncher, Refusal.NO_LAUNCHER);
    requireWritableHome();
    ActivationRules.requireNothingPending(pending);
    ActivationRules.requireReadiness(readinessKnown);
    require(foreignClasses, Refusal.CLASSES_OUTSIDE_RELEASE);
  }

  /**
   * Requires a home that can be written to.
   *
   * @throws RefusedException if it cannot be written to
   */
  public void requireWritableHome() throws RefusedException {
    require(unwritableHome, Refusal.HOME_UNWRITABLE);
  }

  /**
   * Requires a store, for a release that is not in the home.
   *
   * @throws RefusedException if there is none
   */
  public void requireStore() throws RefusedException {
    require(noStore, Refusal.NO_STORE);
  }

  /** Returns why any deploy would be refused now; empty if one could begin. */
  public Optional<String> refusal() {
    try {
      requireForActivation();
      return Optional.empty();
    } catch (RefusedException refused) {
      return Optional.of(refused.reason());
    }
  }

  private static void require(Optional<String> obstacle, Refusal refusal) throws RefusedException {
    if (obstacle.isPresent()) {
      throw new RefusedException(refusal, obstacle.get());
    }
  }
}
