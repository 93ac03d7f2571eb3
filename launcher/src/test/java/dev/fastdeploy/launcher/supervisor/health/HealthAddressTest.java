package dev.fastdeploy.launcher.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80,127.0.0.1,80",
    "[::1]:7401,::1,7401",
    "my-host.local:1,my-host.local,1"
  })
  void isHostAndPort(String text, String host, int port) {
    assertThat(HealthAddress.parse(text))
        .isEqualTo(new HealthAddress(host, port))
        .hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7401", ":7401"})
  void aBarePortIsRefusedWithTheRemedy(String text) {
    assertThatThrownBy(() -> HealthAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--health '"
                + text
                + "' names no host; write 127.0.0.1:7401 for this machine alone or 0.0.0.0:7401"
                + " for all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", "host:0", "host:65536", "::1:80", "a b:80"})
  void whatIsNeitherIsRefused(String text) {
    assertThatThrownBy(() -> HealthAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not understood; write HOST:PORT");
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HealthAddress address = new HealthAddress("127.0.0.1", other.getLocalPort());

      assertThatThrownBy(address::listen)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("--health '127.0.0.1:" + other.getLocalPort() + "' cannot be")
          .hasMessageContaining("in use")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void listensOnTheAddressThatWasGivenAndNoOther() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (ServerSocketChannel server = new HealthAddress("0.0.0.0", port).listen()) {
      assertThat(server.getLocalAddress())
          .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port));
    }
    try (ServerSocketChannel server = new HealthAddress("127.0.0.1", port).listen()) {
      assertThat(server.getLocalAddress())
          .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}
