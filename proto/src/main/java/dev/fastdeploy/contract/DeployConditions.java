package dev.fastdeploy.contract;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a deploy to an instance needs, whichever commit it brings. The launcher names
 * the missing ones when it starts, the agent refuses a deploy without them, and status and plan
 * show what the agent would refuse for, so all give the same reason. A condition that the caller
 * does not know counts as met.
 *
 * @param noLauncher why no launcher can start the next process; empty if one can, or none is needed
 * @param unwritableHome why the home cannot be written to; empty if it can
 * @param pending the last activation, if it has not ended
 * @param readinessKnown whether something tells when a release is ready
 * @param foreignClasses why the service runs code that a deploy would not replace; empty if there
 *     is no sign of it
 */
public record DeployConditions(
    Optional<String> noLauncher,
    Optional<String> unwritableHome,
    @Nullable PendingActivation pending,
    boolean readinessKnown,
    Optional<String> foreignClasses) {

  /** Returns what is known before the service starts: its configuration. */
  public static DeployConditions configured(boolean readinessKnown) {
    return new DeployConditions(
        Optional.empty(), Optional.empty(), null, readinessKnown, Optional.empty());
  }

  /**
   * Returns the setting of a store that is missing; empty if none is. Only a deploy of a release
   * that is not in the home needs a store. A value may still be wrong.
   */
  public static Optional<String> missingStore(Settings settings) {
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
    requireWritableHome(unwritableHome);
    ActivationRules.requireNothingPending(pending);
    ActivationRules.requireReadiness(readinessKnown);
    require(foreignClasses, Refusal.CLASSES_OUTSIDE_RELEASE);
  }

  /**
   * Requires a home that can be written to, which is all that staging needs of an instance.
   *
   * @param unwritable why it cannot be written to; empty if it can
   * @throws RefusedException if it cannot be written to
   */
  public static void requireWritableHome(Optional<String> unwritable) throws RefusedException {
    require(unwritable, Refusal.HOME_UNWRITABLE);
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
