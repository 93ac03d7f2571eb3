package dev.fastdeploy.demo.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The program: {@code DemoService --port PORT [--host ADDRESS]}, by default on the loopback
 * address, as in a container. Answers {@code /}, {@code /health}, {@code /version} and {@code
 * /slow?ms=MILLISECONDS}. When told to stop, it accepts nothing more, answers what it has accepted
 * and ends.
 *
 * <p>Written without lambdas and formatted strings: their first use costs more than the rest of the
 * start.
 */
public final class DemoService implements Handler {

  /** The exit code of a release that is broken so that it ends. */
  public static final int FAULT_EXIT_CODE = 3;

  /** The header with the process's id. */
  public static final String PROCESS = "Service-Process";

  /** The options were wrong, or the port is taken. */
  static final int USAGE_EXIT_CODE = 2;

  /** Begins the line that is printed once the service listens. */
  public static final String LISTENS = "demo-service: listens";

  /** Begins the line that is printed once the service has drained. */
  public static final String DRAINED = "demo-service: drained";

  private static final long SLOWEST_MILLIS = 60_000;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

  private final ServiceRelease release;
  private final long pid = ProcessHandle.current().pid();
  private final long startNanos = System.nanoTime();
  private final CountDownLatch saidReady = new CountDownLatch(1);

  /** Creates the answers of one release, with its fault. */
  DemoService(ServiceRelease release) {
    this.release = release;
  }

  /** Starts the service; a wrong option ends it with {@value #USAGE_EXIT_CODE}. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      InetSocketAddress address = address(arguments);
      ServiceRelease release = ServiceRelease.own();
      failAtOnce(release);
      Account account = new Account();
      DemoService service = new DemoService(release);
      DrainingServer server = DrainingServer.listen(address, service, account);
      Runtime.getRuntime().addShutdownHook(new Thread(new Drain(server, account), "demo-drain"));
      System.out.println(LISTENS + serving() + " port=" + server.port());
      server.start();
      service.dieLater();
    } catch (IOException | IllegalArgumentException failure) {
      System.err.println("demo-service: " + failure.getMessage());
      System.exit(USAGE_EXIT_CODE);
    }
  }

  private static String serving() {
    return " commit=" + Revision.commit() + " pid=" + ProcessHandle.current().pid();
  }

  static InetSocketAddress address(String[] arguments) throws UnknownHostException {
    boolean withHost = arguments.length == 4 && arguments[2].equals("--host");
    if ((arguments.length == 2 || withHost) && arguments[0].equals("--port")) {
      try {
        int port = Integer.parseInt(arguments[1]);
        if (port >= 0 && port <= 65535) {
          InetAddress host =
              withHost ? InetAddress.getByName(arguments[3]) : InetAddress.getLoopbackAddress();
          return new InetSocketAddress(host, port);
        }
      } catch (NumberFormatException notANumber) {
        // Reported below.
      }
    }
    throw new IllegalArgumentException(
        "'"
            + String.join(" ", arguments)
            + "' is not understood; use --port with 0 to 65535, then --host with an address if it"
            + " is not the loopback one");
  }

  private static void failAtOnce(ServiceRelease release) throws InterruptedException {
    if (release.fault() == Fault.EXIT) {
      System.err.println("demo-service: " + release.commit() + " is broken on purpose: it exits");
      System.exit(FAULT_EXIT_CODE);
    }
    if (release.fault() == Fault.HANG) {
      System.err.println(
          "demo-service: " + release.commit() + " is broken on purpose: it never listens");
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  private void dieLater() throws InterruptedException {
    if (release.fault() == Fault.DIES) {
      saidReady.await();
      Thread.sleep(release.faultAfterMillis());
      System.err.println("demo-service: " + release.commit() + " is broken on purpose: it dies");
      Runtime.getRuntime().halt(FAULT_EXIT_CODE);
    }
  }

  @Override
  public Response answer(Request request) throws InterruptedException {
    return switch (request.path()) {
      case "/" -> Response.text(200, "OK", "demo-service " + Revision.commit());
      case "/health" -> health();
      case "/version" -> identity();
      case "/slow" -> slowIdentity(request.number("ms", SLOWEST_MILLIS, 1_000));
      default -> Response.text(404, "Not Found", "use /, /health, /version or /slow?ms=");
    };
  }

  private Response slowIdentity(long millis) throws InterruptedException {
    if (millis < 0) {
      return Response.text(
          400, "Bad Request", "ms must be a whole number from 0 to " + SLOWEST_MILLIS);
    }
    Thread.sleep(millis);
    return identity();
  }

  private Response health() {
    if (!healthy()) {
      return Response.text(503, "Service Unavailable", "not ready yet");
    }
    saidReady.countDown();
    return Response.text(200, "OK", "ready");
  }

  private boolean healthy() {
    return release.fault() != Fault.LATE
        || System.nanoTime() - startNanos >= release.faultAfterMillis() * 1_000_000;
  }

  private Response identity() {
    return Response.text(200, "OK", Revision.commit()).with(PROCESS, Long.toString(pid));
  }

  private static final class Drain implements Runnable {

    private final DrainingServer server;
    private final Account account;

    Drain(DrainingServer server, Account account) {
      this.server = server;
      this.account = account;
    }

    @Override
    public void run() {
      long startNanos = System.nanoTime();
      @Nullable String trouble = drain();
      System.out.println(
          DRAINED
              + serving()
              + " answered="
              + account.answered()
              + " cut="
              + account.cut()
              + " ms="
              + (System.nanoTime() - startNanos) / 1_000_000);
      if (trouble != null) {
        System.err.println("demo-service: " + trouble);
      }
    }

    private @Nullable String drain() {
      try {
        server.drain(DRAIN_LIMIT);
        return null;
      } catch (TimeoutException late) {
        return late.getMessage();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return "the drain was interrupted";
      }
    }
  }
}
