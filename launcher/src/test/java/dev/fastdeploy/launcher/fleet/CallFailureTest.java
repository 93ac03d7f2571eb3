package dev.fastdeploy.launcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Settings;
import io.grpc.Status;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFailureTest {

  /** Which of the two certificates is wrong shows in who has found it so. */
  @ParameterizedTest
  @CsvSource({
    "Received fatal alert: certificate_unknown, check the certificate of --control-tls-cert",
    "PKIX path building failed, check --control-tls-ca",
    "No subject alternative names matching IP address 10.0.0.1 found, --control-server-name"
  })
  void namesTheFileThatIsWrong(String trouble, String remedy) {
    Status status = Status.UNAVAILABLE.withCause(new SSLHandshakeException(trouble));
    Credentials none = Credentials.of(Settings.ofAgent("", new Properties(), Map.of()), false);

    CallFailure failure = CallFailure.of(status, none);

    assertThat(failure.kind()).isEqualTo(CallFailure.Kind.UNTRUSTED);
    assertThat(failure.message()).contains("the TLS handshake fails", trouble, remedy);
  }
}
