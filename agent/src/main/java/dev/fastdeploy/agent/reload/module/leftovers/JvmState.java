package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.contract.Diagnostics;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that an application may change for the whole JVM, as they were at one moment: system
 * properties, standard streams, locale, time zone, the default handler of uncaught exceptions,
 * signal handlers, logging, defaults like the proxy selector, and registries that are filled once.
 * Capturing the state initialises nothing. Holds the values found then, so it belongs to the JVM,
 * not to a generation.
 */
public final class JvmState {

  private final JdkInternals jdk;
  private final List<Saved> parts = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  private JvmState(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /**
   * Captures the current state. Call it before a generation of the application starts. Anything
   * that this JDK does not reveal is left out, and {@link #restore} says so.
   */
  public static JvmState capture(JdkInternals jdk) {
    jdk.lookAnew();
    JvmState state = new JvmState(jdk);
    state.add(SavedStreams::new);
    // Before the time zone, which is derived from a property.
    state.add(SavedProperties::new);
    state.add(SavedLocale::new);
    state.add(() -> new SavedTimeZone(jdk));
    state.add(() -> new SavedDefaults(jdk));
    state.add(SavedUncaughtHandler::new);
    state.add(() -> new SavedSignals(jdk));
    state.add(() -> new SavedLogging(jdk));
    state.add(() -> new SavedFileSystems(jdk));
    state.add(() -> new PropertyEditors(jdk));
    state.add(() -> new FilledRegistries(jdk));
    return state;
  }

  private void add(Capture capture) {
    try {
      parts.add(capture.take());
    } catch (InaccessibleException hidden) {
      missed.add("not put back: " + Diagnostics.reason(hidden));
    }
  }

  /**
   * Restores the state. Call it after the generation was cleared. Never throws.
   *
   * @return what could not be restored, one line each
   */
  public List<String> restore(OldGeneration old) {
    jdk.lookAnew();
    List<String> lines = new ArrayList<>(missed);
    for (Saved part : parts) {
      try {
        part.restore(old);
      } catch (Exception | LinkageError failure) {
        lines.add(part.about() + " could not be put back: " + Diagnostics.reason(failure));
      }
    }
    return lines;
  }

  private interface Capture {
    Saved take() throws InaccessibleException;
  }
}
