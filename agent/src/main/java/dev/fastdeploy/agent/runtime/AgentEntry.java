package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.module.ModuleReload;
import dev.fastdeploy.contract.Settings;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap's entry to the payload. Starts the agent with {@code arguments}, {@code
 * instrumentation}, {@code jar}, the path of {@code fastdeploy.jar}, {@code prepared}, which {@code
 * PrepareEntry} returned if it was called, and {@code listeners}, the record of those that the
 * service binds. The bootstrap knows only JDK types.
 */
public final class AgentEntry implements Function<Map<String, Object>, Object> {

  /** Called by the payload's loader. */
  public AgentEntry() {}

  @Override
  @SuppressWarnings("NullAway") // There is nothing to return, and the bootstrap ignores the result.
  public Object apply(Map<String, Object> given) {
    Map<String, String> environment = System.getenv();
    Settings settings =
        Settings.ofAgent(
            (String) required(given, "arguments"), System.getProperties(), environment);
    new Agent(
            settings,
            ServiceEnvironment.of(settings, environment),
            (Instrumentation) required(given, "instrumentation"),
            Path.of((String) required(given, "jar")),
            (ModuleReload) given.get("prepared"),
            (String) given.get("notPrepared"),
            listeners(given))
        .start();
    return null;
  }

  @SuppressWarnings("unchecked")
  private static RecordedListeners listeners(Map<String, Object> given) {
    return new RecordedListeners(
        (BiFunction<String, Object[], @Nullable Object>) given.get("listeners"),
        (String) given.get("noListeners"));
  }

  private static Object required(Map<String, Object> given, String name) {
    return Objects.requireNonNull(given.get(name), name);
  }
}
