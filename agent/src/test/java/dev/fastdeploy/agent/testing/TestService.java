package dev.fastdeploy.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;

/**
 * A service for the tests: waits for a file, then ends. Its arguments say what it does besides.
 * Needs nothing but the JDK.
 */
public final class TestService {

  private TestService() {}

  public static void main(String[] arguments) throws Exception {
    Path end = Path.of(arguments[0]);
    String mode = arguments.length > 1 ? arguments[1] : "";
    if (mode.equals("hook")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
    }
    if (mode.equals("stuck")) {
      Runtime.getRuntime().addShutdownHook(new Thread(TestService::waitForEver));
    }
    if (mode.equals("flood")) {
      Runtime.getRuntime().addShutdownHook(new Thread(TestService::flood));
    }
    if (mode.equals("port")) {
      answer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }
    System.out.println("started");
    await(end);
    if (mode.equals("log-manager")) {
      System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
      System.out.println("log manager: " + LogManager.getLogManager().getClass().getName());
    }
    if (mode.equals("threads")) {
      Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .sorted()
          .forEach(name -> System.out.println("thread: " + name));
    }
    System.out.println("ended");
  }

  /** Opens a file for each connection, as a service does that looks something up. */
  private static void answer(ServerSocket server) {
    System.out.println("port " + server.getLocalPort());
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                try (Socket connection = server.accept();
                    InputStream file = Files.newInputStream(Path.of("/proc/self/status"))) {
                  connection.getOutputStream().write(file.read());
                } catch (IOException failure) {
                  System.out.println("the port fails: " + failure);
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitForEver() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Until nobody reads any more; then it is stuck. */
  private static void flood() {
    while (true) {
      System.err.println("flood");
    }
  }

  private static void await(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(10);
    }
  }

  /** An application's own. */
  public static final class OwnLogManager extends LogManager {}
}
