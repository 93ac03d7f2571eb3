package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadProgress;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent with nothing but the strategy. Does what it reads on standard input, one command a line,
 * and prints what came of it and {@code done}.
 */
public final class Driver implements ApplicationClasses {

  private static final ReloadProgress PRINTED =
      new ReloadProgress() {
        @Override
        public void draining(Duration limit) {
          System.out.println("draining");
        }

        @Override
        public void reloading() {
          System.out.println("reloading");
        }

        @Override
        public void note(String line) {
          System.out.println("note: " + line);
        }
      };

  private final Instrumentation instrumentation;
  private final Set<String> leftBehind = new HashSet<>();
  private final List<Replacing> led = new ArrayList<>();
  private final RedefineReload strategy;
  private final Path releases;

  private Driver(Instrumentation instrumentation, Path releases) {
    this.instrumentation = instrumentation;
    this.strategy = new RedefineReload(instrumentation, this);
    this.releases = releases;
  }

  /**
   * Called by the JVM.
   *
   * @param arguments the directory of the releases
   */
  public static void premain(String arguments, Instrumentation instrumentation) {
    Driver driver = new Driver(instrumentation, Path.of(arguments));
    Thread thread = new Thread(driver::run, "driver");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        carryOut(line.split(" "));
        System.out.println("done");
      }
    } catch (IOException closed) {
      System.out.println("the driver cannot read: " + closed);
    }
  }

  private void carryOut(String[] words) {
    try {
      switch (words[0]) {
        case "examine" -> strategy.examine(release(words[1]), release(words[2]));
        case "reload" ->
            strategy.reload(
                new ReloadRequest(
                    new DeployId("d1"), release(words[1]), release(words[2]), PRINTED));
        case "restore" -> strategy.restore(release(words[1]));
        case "proven" -> strategy.proven();
        case "failure" -> System.out.println(strategy.failure().orElse("none"));
        case "obstacle" -> System.out.println(strategy.obstacle().isPresent());
        case "lead" -> lead(new Replacing(words[1], words[2], words[3]));
        case "leave" -> leftBehind.add(words[1]);
        case "call" -> System.out.println(call(words[1], words[2]));
        case "replace" ->
            instrumentation.addTransformer(
                new Replacing(words[1], words[2], words[3]), words[4].equals("again"));
        default -> throw new IllegalArgumentException(words[0]);
      }
    } catch (ReloadDeclinedException declined) {
      System.out.println("declined: " + declined.getMessage());
    } catch (Throwable failure) {
      System.out.println("failed: " + failure);
    }
  }

  private void lead(Replacing change) {
    led.add(change);
    instrumentation.addTransformer(change);
  }

  @Override
  public boolean passesOver(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null && leftBehind.contains(loader.getName());
  }

  @Override
  public byte[] loaded(@Nullable ClassLoader loader, byte[] file) {
    byte[] code = file;
    for (Replacing change : led) {
      byte[] changed = change.of(code);
      code = changed == null ? code : changed;
    }
    return code;
  }

  private static Object call(String className, String method) throws ReflectiveOperationException {
    return Class.forName(className, true, ClassLoader.getSystemClassLoader())
        .getMethod(method)
        .invoke(null);
  }

  private Release release(String commit) {
    return new Release(new Commit(commit), releases.resolve(commit));
  }
}
