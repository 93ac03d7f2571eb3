package dev.fastdeploy.launcher.supervisor.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:7400, 10.0.0.5, 10.0.0.5:7400",
    "[::]:7400, 10.0.0.5, 10.0.0.5:7400",
    "[::]:7400, fd00::5, [fd00:0:0:0:0:0:0:5]:7400",
    "10.0.0.9:7400, 10.0.0.5, 10.0.0.9:7400",
    "shop-1:7400, 10.0.0.5, shop-1:7400",
    "[fd00::9]:7400, 10.0.0.5, [fd00::9]:7400"
  })
  void itIsWhereTheInstanceListens(String listen, String local, String shown) throws Exception {
    assertThat(address(Map.of(Setting.CONTROL_LISTEN, listen)).shown(InetAddress.getByName(local)))
        .isEqualTo(shown);
  }

  @Test
  void itIsWhatTheUserSays() throws Exception {
    assertThat(
            address(
                    Map.of(
                        Setting.CONTROL_LISTEN, "0.0.0.0:7400",
                        Setting.REGISTER_AS, "host.example:31000"))
                .shown(InetAddress.getLoopbackAddress()))
        .isEqualTo("host.example:31000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"unix:/run/control.sock", "127.0.0.1:0", "127.0.0.1:65536", ":7400", "a|b:7"})
  void whatNobodyElseCanDialIsRefused(String listen) {
    assertThatThrownBy(() -> address(Map.of(Setting.CONTROL_LISTEN, listen)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--control-listen '"
                + listen
                + "' is not an address that --register can tell others; name one by --register-as"
                + " HOST:PORT");
  }

  @Test
  void anAddressThatMeansAllIsNoneToRegisterAs() {
    assertThatThrownBy(() -> address(Map.of(Setting.REGISTER_AS, "0.0.0.0:7400")))
        .hasMessageStartingWith("--register-as '0.0.0.0:7400' is not an address");
  }

  @Test
  void anInstanceWithoutAnAddressIsRefused() {
    assertThatThrownBy(() -> address(Map.of()))
        .hasMessage(
            "--register needs an address that the command can reach; name one by --control-listen"
                + " HOST:PORT");
  }

  @Test
  void aRegisterThatIsNotUnderstoodIsToldWithoutASecret() {
    Map<Setting, String> explicit = new EnumMap<>(Setting.class);
    explicit.put(Setting.REGISTER, "redis://u:s3cret@h/k");
    explicit.put(Setting.CONTROL_LISTEN, "0.0.0.0:7400");

    assertThatThrownBy(() -> Registration.of(settings(explicit), Map.of()))
        .hasMessageStartingWith("--register 'redis://***@h/k' is not understood; ")
        .hasMessageContaining("REDIS_PASSWORD_FILE")
        .message()
        .doesNotContain("s3cret");
  }

  private static OwnAddress address(Map<Setting, String> explicit) {
    return OwnAddress.of(settings(explicit));
  }

  private static Settings settings(Map<Setting, String> explicit) {
    return new Settings(explicit, new Properties(), Map.of());
  }
}
