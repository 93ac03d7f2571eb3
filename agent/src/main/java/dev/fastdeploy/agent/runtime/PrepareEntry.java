package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.module.ModulePreparation;
import dev.fastdeploy.agent.reload.module.ModuleReload;
import dev.fastdeploy.agent.reload.module.NotPreparedException;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The bootstrap's entry to the payload in {@code premain}, if the strategy {@code module} is
 * configured. Prepares it with {@code arguments}, {@code instrumentation}, {@code jar}, and {@code
 * connect}, which accepts the receiver of the application's calls. Only JDK types cross here. The
 * result is passed to {@link AgentEntry} as {@code prepared}.
 */
public final class PrepareEntry implements Function<Map<String, Object>, Object> {

  private static final String EXPERIMENTAL =
      "EXPERIMENTAL: the strategy 'module' is prepared; the service runs in a class loader that a"
          + " deploy replaces inside this JVM, which may leave old code in memory";

  /** Called by the payload's loader. */
  public PrepareEntry() {}

  /**
   * @throws IllegalStateException if it cannot be prepared, with a message for the user
   */
  @Override
  public Object apply(Map<String, Object> given) {
    Map<String, String> environment = System.getenv();
    Settings settings =
        Settings.ofAgent(
            (String) required(given, "arguments"), System.getProperties(), environment);
    @SuppressWarnings("unchecked")
    Consumer<BiFunction<String, Object[], Object>> connect =
        (Consumer<BiFunction<String, Object[], Object>>) required(given, "connect");
    try {
      ModuleReload module = preparation(given, settings, environment).prepare(connect);
      Diagnostics.say(EXPERIMENTAL);
      return module;
    } catch (NotPreparedException refused) {
      throw new IllegalStateException(Diagnostics.reason(refused), refused);
    }
  }

  private static ModulePreparation preparation(
      Map<String, Object> given, Settings settings, Map<String, String> environment)
      throws NotPreparedException {
    Instrumentation instrumentation = (Instrumentation) required(given, "instrumentation");
    ServiceEnvironment service = ServiceEnvironment.of(settings, environment);
    Release running = running(service);
    Duration drainTimeout = settings.requiredDuration(Setting.DRAIN_TIMEOUT);
    return new ModulePreparation(
        instrumentation,
        Path.of((String) required(given, "jar")),
        running.commit(),
        running.directory(),
        drainTimeout,
        (int) settings.number(Setting.MAX_LEAKED_LOADERS, 0, 1000),
        JvmExit.ofTheApplication(),
        task -> AgentThreads.thread("module", task));
  }

  private static Release running(ServiceEnvironment service) throws NotPreparedException {
    if (service.release() == null || service.commit() == null) {
      throw new NotPreparedException(
          "no launcher started this service, and the environment does not tell its release; start"
              + " it as 'java -jar fastdeploy.jar current --help' says");
    }
    return new Release(service.commit(), service.release());
  }

  private static Object required(Map<String, Object> given, String name) {
    return Objects.requireNonNull(given.get(name), name);
  }
}
