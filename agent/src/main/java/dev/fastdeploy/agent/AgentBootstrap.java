package dev.fastdeploy.agent;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens the payload and starts the agent in it, on a thread of its own: unpacking and loading would
 * hold up the application's start for too long, and gRPC must not run on the main thread.
 */
public final class AgentBootstrap {

  private static final String ENTRY = "dev.fastdeploy.agent.runtime.AgentEntry";

  private AgentBootstrap() {}

  /**
   * Starts the agent and returns at once, unless something must be prepared before the application.
   * A failure is reported in one line, and the application goes on.
   *
   * @param arguments the agent's arguments, comma-separated {@code key=value}
   */
  public static void start(String arguments, Instrumentation instrumentation) {
    Listening listening = Listening.before(instrumentation);
    Start start =
        new Start(
            arguments, instrumentation, listening, Preparation.before(arguments, instrumentation));
    Thread thread = new Thread(null, start, "fastdeploy-start", 0, false);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(start);
    thread.setContextClassLoader(AgentBootstrap.class.getClassLoader());
    thread.start();
  }

  /** No lambdas: the application's main thread would pay for their first use. */
  private record Start(
      String arguments,
      Instrumentation instrumentation,
      Listening listening,
      @Nullable Preparation prepared)
      implements Runnable, Thread.UncaughtExceptionHandler {

    @Override
    public void run() {
      AgentBootstrap.run(arguments, instrumentation, listening, prepared);
    }

    @Override
    public void uncaughtException(Thread ended, Throwable failure) {
      sayWhy(failure);
    }
  }

  private static void run(
      String arguments,
      Instrumentation instrumentation,
      Listening listening,
      @Nullable Preparation prepared) {
    try {
      DescriptorLimit.require();
      ClassLoader opened = prepared == null ? null : prepared.payload();
      ClassLoader payload = opened == null ? open(arguments) : opened;
      Map<String, Object> given = new HashMap<>(given(arguments, instrumentation));
      if (listening.listeners() != null) {
        given.put("listeners", listening.listeners());
      }
      if (listening.refusal() != null) {
        given.put("noListeners", listening.refusal());
      }
      if (prepared != null && prepared.strategy() != null) {
        given.put("prepared", prepared.strategy());
      }
      if (prepared != null && prepared.refusal() != null) {
        given.put("notPrepared", prepared.refusal());
      }
      Payload.call(payload, ENTRY, given);
    } catch (InvocationTargetException failure) {
      sayWhy(failure.getCause() == null ? failure : failure.getCause());
    } catch (Throwable failure) {
      sayWhy(failure);
    }
  }

  /** Returns the values that each entry of the payload receives. */
  static Map<String, Object> given(String arguments, Instrumentation instrumentation)
      throws URISyntaxException {
    return Map.of(
        "arguments", arguments, "instrumentation", instrumentation, "jar", ownJar().toString());
  }

  /** Opens the payload, which may have to be unpacked first. */
  static ClassLoader open(String arguments) throws IOException, URISyntaxException {
    Settings settings = Settings.ofAgent(arguments, System.getProperties(), System.getenv());
    return new Payload(ownJar()).open(payloadDirectory(settings));
  }

  private static void sayWhy(Throwable failure) {
    Diagnostics.say("the agent does not run: " + Diagnostics.reason(failure));
  }

  private static Path ownJar() throws URISyntaxException {
    return Path.of(
        AgentBootstrap.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Path payloadDirectory(Settings settings) throws IOException {
    Path chosen = settings.text(Setting.PAYLOAD_DIR).map(Path::of).orElse(null);
    if (chosen != null) {
      return chosen;
    }
    Path home = settings.text(Setting.HOME).map(Path::of).orElse(null);
    return home != null && Files.isDirectory(home)
        ? payloadDirectory(new Home(home))
        : Payload.temporaryDirectory();
  }

  private static Path payloadDirectory(Home home) throws IOException {
    try {
      home.createRoot();
      if (Files.isWritable(home.root())) {
        return home.payload();
      }
    } catch (IOException unusable) {
      // Reported by what starts the service.
    }
    return Payload.temporaryDirectory();
  }
}
