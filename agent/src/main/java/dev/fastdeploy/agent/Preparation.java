package dev.fastdeploy.agent;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StrategyName;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of preparing, before the application's {@code main}, the strategy {@code module},
 * which runs the application in a class loader of its own. Costs nothing where that is not
 * configured.
 *
 * @param payload the opened payload; null if opening it failed
 * @param strategy the prepared strategy, of a type of the payload; null if preparing failed
 * @param refusal the reason for a failure; null if there was none
 */
record Preparation(
    @Nullable ClassLoader payload, @Nullable Object strategy, @Nullable String refusal) {

  private static final String ENTRY = "dev.fastdeploy.agent.runtime.PrepareEntry";

  /**
   * Prepares what is configured, and returns null if nothing is. If that fails the service starts
   * without it, and a deploy that asks for it is told why.
   */
  static @Nullable Preparation before(String arguments, Instrumentation instrumentation) {
    try {
      return wanted(arguments) ? prepare(arguments, instrumentation) : null;
    } catch (Throwable failure) {
      return refused(null, failure);
    }
  }

  private static Preparation prepare(String arguments, Instrumentation instrumentation)
      throws Exception {
    ClassLoader payload = AgentBootstrap.open(arguments);
    Map<String, Object> given = new HashMap<>(AgentBootstrap.given(arguments, instrumentation));
    Consumer<BiFunction<String, Object[], Object>> connect = ApplicationCalls::connect;
    given.put("connect", connect);
    try {
      return new Preparation(payload, Payload.call(payload, ENTRY, given), null);
    } catch (Throwable failure) {
      return refused(payload, failure);
    }
  }

  /**
   * Returns true if the strategy is configured. Settings are read only if its name occurs
   * somewhere. This runs on the main thread: it uses no streams and no lambdas, whose first use
   * costs milliseconds.
   */
  private static boolean wanted(String arguments) {
    return (arguments.contains(StrategyName.MODULE)
            || isNamedBy(Setting.STRATEGIES)
            || isNamedBy(Setting.RELOAD_FALLBACK))
        && configured(arguments);
  }

  private static boolean isNamedBy(Setting setting) {
    String variable = System.getenv(setting.variable());
    return System.getProperty(setting.property(), "").contains(StrategyName.MODULE)
        || (variable != null && variable.contains(StrategyName.MODULE));
  }

  private static boolean configured(String arguments) {
    Settings settings = Settings.ofAgent(arguments, System.getProperties(), System.getenv());
    return System.getenv(ProcessContract.CHANNEL) == null
        ? settings.text(Setting.RELOAD_FALLBACK).filter(StrategyName.MODULE::equals).isPresent()
        : StrategyName.prepared(settings).contains(StrategyName.MODULE);
  }

  private static Preparation refused(@Nullable ClassLoader payload, Throwable failure) {
    String reason = Diagnostics.reason(failure);
    Diagnostics.say(
        "the strategy 'module' is not prepared: " + reason + "; the service starts without it");
    return new Preparation(payload, null, reason);
  }
}
