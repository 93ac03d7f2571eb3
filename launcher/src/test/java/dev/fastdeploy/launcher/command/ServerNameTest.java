package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.control.v1.InstanceStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task's or a pod's address is in no certificate: a name that is verified takes its place. */
class ServerNameTest {

  private @TempDir Path directory;
  private TestCertificates certificates;
  private final ScriptedControl control = new ScriptedControl();

  @BeforeEach
  void setUp() throws Exception {
    certificates = TestCertificates.create(directory, "fleet", "shop.internal");
    control.status = InstanceStatus.newBuilder().setRunning("c1").build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void theNameIsVerifiedInPlaceOfTheAddress(String host) throws Exception {
    try (ControlServer server =
        ControlServer.onLoopback(0, control, null, certificates.serverContext(false))) {
      String target = host + ":" + server.port();

      CommandRun byAddress = status(target);
      assertThat(byAddress.exitCode()).isEqualTo(1);
      assertThat(byAddress.out())
          .contains("the TLS handshake fails", "give --control-server-name with a name");

      CommandRun byName = status(target, "--control-server-name", "shop.internal");
      assertThat(byName.exitCode()).as(byName.out()).isZero();
      assertThat(byName.out()).contains("running: c1");

      CommandRun byAnother = status(target, "--control-server-name", "shop.example");
      assertThat(byAnother.exitCode()).isEqualTo(1);
      assertThat(byAnother.out()).contains("shop.example", "the TLS handshake fails");
    }
  }

  @Test
  void theEnvironmentOfAPipelineNamesItToo() throws Exception {
    try (ControlServer server =
        ControlServer.onLoopback(0, control, null, certificates.serverContext(true))) {
      CommandRun run =
          CommandRun.with(
              Map.of(),
              Map.of(
                  "FASTDEPLOY_CONTROL_SERVER_NAME", "shop.internal",
                  "FASTDEPLOY_CONTROL_TLS_CA", certificates.authority().toString(),
                  "FASTDEPLOY_CONTROL_TLS_CERT", certificates.certificate().toString(),
                  "FASTDEPLOY_CONTROL_TLS_KEY", certificates.key().toString()),
              "status",
              "--target",
              "127.0.0.1:" + server.port());

      assertThat(run.exitCode()).as(run.out()).isZero();
    }
  }

  @Test
  void withoutTlsItIsRefused() {
    CommandRun run =
        CommandRun.of(
            "status", "--target", "127.0.0.1:1", "--control-server-name", "shop.internal");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("--control-server-name 'shop.internal'", "TLS is not used", "--control-tls-ca")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "shop.internal:7400", "*.internal", "spiffe://x/y", "-x", "x."})
  void whatIsNoNameIsRefused(String name) {
    CommandRun run =
        CommandRun.of(
            "status", "--target", "127.0.0.1:1", "--tls", "--control-server-name=" + name);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("'" + name + "' is not a host name or address").hasLineCount(1);
  }

  private CommandRun status(String target, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {
          "status", "--target", target, "--control-tls-ca", certificates.authority().toString()
        },
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return CommandRun.of(arguments);
  }
}
