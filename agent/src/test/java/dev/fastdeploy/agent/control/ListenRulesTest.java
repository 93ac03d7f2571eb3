package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the endpoint listens, and what protects it there. */
class ListenRulesTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,false,false,false,false",
    "127.0.0.1,false,true,false,false",
    "127.0.0.1,true,false,false,true",
    "127.0.0.1,false,true,true,true",
    "::1,false,false,false,false",
    "::1,true,false,false,true",
    "0.0.0.0,false,false,false,false",
    "0.0.0.0,true,false,false,false",
    "0.0.0.0,false,true,false,false",
    "0.0.0.0,true,true,false,true",
    "0.0.0.0,false,true,true,true",
    "192.0.2.1,true,false,false,false",
    "192.0.2.1,true,true,false,true",
  })
  void needsProtection(String host, boolean token, boolean tls, boolean authority, boolean allowed)
      throws Exception {
    ListenAddress.Tcp address = new ListenAddress.Tcp(host, 9000);
    ControlSettings settings =
        new ControlSettings(
            address,
            token ? Path.of("token") : null,
            null,
            tls ? new TlsFiles(Path.of("c"), Path.of("k"), authority ? Path.of("a") : null) : null,
            Set.of(),
            Set.of(),
            Duration.ofHours(1));
    if (allowed) {
      assertThat(ListenRules.required(address, settings).getPort()).isEqualTo(9000);
    } else {
      assertThatThrownBy(() -> ListenRules.required(address, settings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--control-tls-ca")
          .hasMessageContaining("--control-token-file");
    }
  }

  @Test
  void listensOnTheSocketInTheHomeByDefault() {
    assertThat(of("").address())
        .isEqualTo(new ListenAddress.UnixSocket(Path.of("/home/fastdeploy/run/control.sock")));
  }

  @Test
  void readsAddresses() {
    assertThat(of("control.listen=unix:/run/c.sock").address()).hasToString("unix:/run/c.sock");
    assertThat(of("control.listen=[::1]:9000").address())
        .isEqualTo(new ListenAddress.Tcp("::1", 9000))
        .hasToString("[::1]:9000");
    assertThat(of("control.listen=localhost:0").address())
        .isEqualTo(new ListenAddress.Tcp("localhost", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9000", "host", "host:", "host:70000", "unix:", "a b:1", ":1", "::1:9"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not understood")
        .hasMessageContaining("HOST:PORT or unix:PATH");
  }

  @Test
  void refusesASocketPathThatIsTooLong() {
    String longest = "/" + "x".repeat(106);
    assertThat(ListenAddress.parse("unix:" + longest)).hasToString("unix:" + longest);
    assertThatThrownBy(() -> ListenAddress.parse("unix:" + longest + "x"))
        .hasMessageContaining("has 108 bytes")
        .hasMessageContaining("--control-listen unix:PATH");
    assertThatThrownBy(() -> ListenAddress.parse("unix:/" + "é".repeat(54)))
        .hasMessageContaining("has 109 bytes");
  }

  @Test
  void refusesHalfATlsConfiguration() {
    assertThatThrownBy(() -> of("control.tls.ca=a"))
        .hasMessageContaining("--control-tls-cert and --control-tls-key");
    assertThatThrownBy(() -> of("control.tls.cert=c"))
        .hasMessageContaining("--control-tls-cert and --control-tls-key");
  }

  @Test
  void refusesToListenNowhere() {
    assertThatThrownBy(
            () -> ControlSettings.of(Settings.ofAgent("", new Properties(), Map.of()), noHome()))
        .hasMessageContaining("--home")
        .hasMessageContaining("--control-listen");
  }

  @Test
  void readsIdentities() {
    Settings settings =
        new Settings(
            Map.of(
                Setting.CONTROL_READ_IDENTITIES, "a, b,,c", Setting.CONTROL_DEPLOY_IDENTITIES, "d"),
            new Properties(),
            Map.of());
    ControlSettings read = ControlSettings.of(settings, new Home(Path.of("/home")));
    assertThat(read.readIdentities()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read.deployIdentities()).containsExactly("d");
  }

  @Test
  void noLimitOfAConnectionIsShorterThanADeploy() {
    Settings slow =
        new Settings(
            Map.of(
                Setting.STAGING_TIMEOUT,
                "50h",
                Setting.READY_TIMEOUT,
                "100h",
                Setting.PRE_DRAIN,
                "1h"),
            new Properties(),
            Map.of());

    assertThat(ControlSettings.of(slow, new Home(Path.of("/home"))).longestDeploy())
        .isGreaterThan(Duration.ofHours(151));
    assertThat(of("").longestDeploy())
        .as("one that lasts keeps whom nobody lets in any more")
        .isLessThan(Duration.ofHours(1));
  }

  private static @Nullable Home noHome() {
    return null;
  }

  private static ControlSettings of(String arguments) {
    return ControlSettings.of(
        Settings.ofAgent(arguments, new Properties(), Map.of()), new Home(Path.of("/home")));
  }
}
