package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.control.v1.InstanceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The JVM's own properties are what is tested, so nothing else may run beside it. */
@Isolated
class ProxyTest {

  private static final List<String> PROPERTIES =
      List.of(
          "https.proxyHost",
          "https.proxyPort",
          "http.proxyHost",
          "http.proxyPort",
          "socksProxyHost",
          "socksProxyPort",
          "http.nonProxyHosts");

  private RefusingProxy proxy;
  private ControlServer server;

  @BeforeEach
  void start() throws IOException {
    proxy = new RefusingProxy();
    ScriptedControl control = new ScriptedControl();
    control.status = InstanceStatus.newBuilder().setRunning("b").build();
    server = ControlServer.onLoopback(0, control, null, null);
  }

  @AfterEach
  void stop() throws IOException {
    PROPERTIES.forEach(System::clearProperty);
    server.close();
    proxy.close();
  }

  @Test
  void whatTheJvmIsToldOfProxiesLeadsToNoInstance() {
    for (String kind : List.of("https.proxy", "http.proxy", "socksProxy")) {
      System.setProperty(kind + "Host", "127.0.0.1");
      System.setProperty(kind + "Port", Integer.toString(proxy.port()));
    }
    System.setProperty("http.nonProxyHosts", "");

    CommandRun run = CommandRun.of("status", "--target", server.target());

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(proxy.asked).isEmpty();
  }

  @Test
  void theProxyThatIsNamedIsAskedAndNamedInTheError() {
    CommandRun run =
        CommandRun.of(
            "status", "--target", server.target(), "--proxy", "http://127.0.0.1:" + proxy.port());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOTHING_DONE);
    assertThat(proxy.asked).isNotEmpty().allMatch(line -> line.startsWith("CONNECT "));
    assertThat(run.out())
        .contains("the proxy of --proxy does not connect", "127.0.0.1:" + proxy.port(), "403");
  }

  @Test
  void aProxyWhoseNameIsUnknownIsNamed() {
    CommandRun run =
        CommandRun.of(
            "status", "--target", server.target(), "--proxy", "no-such-proxy.invalid:3128");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOTHING_DONE);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("no-such-proxy.invalid").contains("--proxy");
  }

  @Test
  void aProxyThatCannotBeUnderstoodIsRefused() {
    for (String wrong :
        List.of("", "host", "host:0", "host:70000", "ftp://h:1", "http://u:p@h:1")) {
      CommandRun run = CommandRun.of("status", "--target", server.target(), "--proxy", wrong);

      assertThat(run.exitCode()).isEqualTo(ExitCodes.NOTHING_DONE);
      assertThat(run.err()).contains("--proxy '" + wrong + "' is not understood");
    }
  }

  /** A proxy that lets nobody through, and remembers who asked. */
  private static final class RefusingProxy implements AutoCloseable {

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    RefusingProxy() throws IOException {
      Thread thread = new Thread(this::serve, "refusing-proxy");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          StringBuilder head = new StringBuilder();
          int read;
          while (head.indexOf("\r\n\r\n") < 0 && (read = client.getInputStream().read()) >= 0) {
            head.append((char) read);
          }
          asked.add(head.toString());
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
          if (!socket.isClosed()) {
            throw new UncheckedIOException(closed);
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
