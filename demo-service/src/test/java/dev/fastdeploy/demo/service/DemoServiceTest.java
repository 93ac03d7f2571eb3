package dev.fastdeploy.demo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoServiceTest {

  private static final long PID = ProcessHandle.current().pid();

  private final DemoService service = new DemoService(new ServiceRelease("c1", Fault.NONE, 0));

  @Test
  void tellsItsCommit() throws Exception {
    assertThat(answer("/", "").body()).contains(Revision.commit());
    assertThat(answer("/version", ""))
        .isEqualTo(
            new Response(200, "OK", DemoService.PROCESS + ": " + PID, Revision.commit() + "\n"));
  }

  @Test
  void slowTakesAsLongAsItWasAsked() throws Exception {
    long startNanos = System.nanoTime();

    Response response = answer("/slow", "ms=120");

    assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(120_000_000);
    assertThat(response.body()).isEqualTo(Revision.commit() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ms=-1", "ms=60001", "ms=x", "ms="})
  void slowRefusesOtherThanMilliseconds(String query) throws Exception {
    assertThat(answer("/slow", query).status()).isEqualTo(400);
  }

  @Test
  void doesNotKnowOtherPaths() throws Exception {
    assertThat(answer("/other", "").status()).isEqualTo(404);
  }

  @Test
  void isHealthyAtOnceUnlessItIsBuiltToBeLate() throws Exception {
    assertThat(answer("/health", "").status()).isEqualTo(200);
    DemoService late = new DemoService(new ServiceRelease("c1", Fault.LATE, 3_600_000));
    assertThat(late.answer(new Request("GET", "/health", "")).status()).isEqualTo(503);
  }

  @Test
  void aReleaseIsReadAsItWasWritten() throws Exception {
    ServiceRelease release = new ServiceRelease("c9", Fault.DIES, 250);
    Properties properties = new Properties();
    properties.load(new StringReader(release.properties()));

    assertThat(ServiceRelease.of("c9", properties)).isEqualTo(release);
  }

  @Test
  void anUnknownFaultIsRefused() {
    Properties properties = new Properties();
    properties.setProperty("broken", "often");

    assertThatThrownBy(() -> ServiceRelease.of("c9", properties))
        .hasMessageContaining("broken=often");
  }

  @Test
  void listensOnTheLoopbackAddressUnlessToldOtherwise() throws Exception {
    assertThat(address("--port", "0").getAddress().isLoopbackAddress()).isTrue();
    assertThat(address("--port", "80", "--host", "0.0.0.0"))
        .isEqualTo(new InetSocketAddress("0.0.0.0", 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--port", "--port x", "--port 65536", "--port 1 --host", "--host h"})
  void wrongArgumentsAreRefused(String arguments) {
    assertThatThrownBy(() -> address(arguments.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--port");
  }

  private static InetSocketAddress address(String... arguments) throws Exception {
    return DemoService.address(arguments);
  }

  private Response answer(String path, String query) throws InterruptedException {
    return service.answer(new Request("GET", path, query));
  }
}
