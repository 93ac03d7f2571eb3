package dev.fastdeploy.launcher.supervisor.register;

import dev.fastdeploy.contract.RedisSet;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import java.io.Closeable;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keeps the address of this instance in the list of a fleet, from the launcher's start to its stop.
 */
public interface Registration extends Closeable {

  /**
   * Returns the registration that the settings ask for.
   *
   * @param environment the launcher's own
   * @throws IllegalArgumentException if they are wrong, with a message for the user
   */
  static Registration of(Settings settings, Map<String, String> environment) {
    String register = settings.text(Setting.REGISTER).orElse(null);
    return register == null
        ? new NoRegistration()
        : new RedisRegistration(set(register), OwnAddress.of(settings), environment);
  }

  private static RedisSet set(String text) {
    try {
      return RedisSet.of(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          Setting.REGISTER.option()
              + " '"
              + Text.shortened(text.replaceFirst("//[^/]*@", "//***@"), 100)
              + "' is not understood; "
              + wrong.getMessage());
    }
  }

  /**
   * Starts, and returns at once.
   *
   * @param zone the zone of this instance; empty if unknown
   * @param threads starts a thread by name and task
   */
  void start(String zone, BiConsumer<String, Runnable> threads);

  /** Takes this instance's address out because it stops, and returns at once. */
  void leave();

  /** Does the same as {@link #leave}, and waits for it a moment at most. */
  @Override
  void close();
}
