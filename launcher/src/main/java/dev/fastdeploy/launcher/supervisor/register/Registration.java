package dev.fastdeploy.launcher.supervisor.register;

import dev.fastdeploy.contract.RedisSet;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import java.io.Closeable;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keeps the address of this instance where a fleet is listed, from the launcher's start to its
 * stop.
 */
public interface Registration extends Closeable {

  /**
   * As the settings say.
   *
   * @param environment the launcher's own
   * @throws IllegalArgumentException if they are not right, with a message for the user
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
   * Begins, and returns at once.
   *
   * @param zone where this instance is; empty if that is not known
   * @param threads starts a thread by name and task
   */
  void start(String zone, BiConsumer<String, Runnable> threads);

  /** This instance stops: takes its address out, and returns at once. */
  void leave();

  /** As {@link #leave}, and waits for it a moment at most. */
  @Override
  void close();
}
