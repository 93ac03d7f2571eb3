package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.slow.SlowClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients are there when a deploy begins, and what becomes of each is recorded. */
@Timeout(240)
class SlowClientsBenchmarkIT {

  /** No start takes so long on a busy machine that connections are refused. */
  private static final String LONG = "120s";

  private final SlowClientsBenchmark benchmark = new SlowClientsBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  private Sample deployed(String service, SlowClient client) throws Exception {
    benchmark.service = service;
    benchmark.client = client.label();
    benchmark.start();
    benchmark.stage();
    assertThat(benchmark.reload()).isEqualTo(service + "-body-2");
    benchmark.measure();
    return benchmark.lastSample();
  }

  @Test
  void idleConnectionsWithTlsEndDuringTheDrain() throws Exception {
    Sample sample = deployed("jetty", SlowClient.TLS_IDLE);

    assertThat(sample.parameter("client")).isEqualTo("tls-idle");
    assertThat(sample.parameter("pre-drain")).isEqualTo("0");
    assertAccounted(sample, 4);
    assertThat(figure(sample, Figure.ANSWERED)).isZero();
    assertThat(figure(sample, Figure.FIRST_END))
        .isLessThanOrEqualTo(figure(sample, Figure.LAST_END));
    assertThat(figure(sample, Figure.DRAIN)).isPositive();
  }

  /** It looks like an idle connection between two parts. */
  @Test
  void anAnswerThatPausesIsNotCut() throws Exception {
    benchmark.hold = LONG;

    Sample sample = deployed("jetty", SlowClient.DOWNLOAD_PAUSING);

    assertAccounted(sample, 4);
    assertThat(figure(sample, Figure.ANSWERED)).as(sample.note()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"POOLED_.*", "GRPC_.*"})
  @Tag("wide")
  void eachKindIsAccountedForOnTomcat(SlowClient client) throws Exception {
    benchmark.hold = LONG;

    Sample sample = deployed("tomcat", client);

    assertAccounted(sample, 4);
    assertThat(figure(sample, Figure.REFUSED)).as(sample.note()).isZero();
    if (client == SlowClient.HTTP2_TLS && Runtime.version().feature() < 25) {
      // The JDK's client before 25 takes GOAWAY for a failure of the request on its way.
      assertThat(sample.note().split("; ", -1))
          .as(sample.note())
          .allMatch(loss -> loss.isEmpty() || loss.endsWith("GOAWAY received"));
    } else {
      assertThat(figure(sample, Figure.OTHER_LOSS)).as(sample.note()).isZero();
    }
  }

  /** A call that is answered in time is answered by one of the two processes. */
  @Test
  void callsOfGrpcThatFollowEachOtherAreAllAnswered() throws Exception {
    benchmark.hold = LONG;

    Sample sample = deployed("grpc", SlowClient.GRPC_IN_USE);

    assertAccounted(sample, 4);
    assertThat(figure(sample, Figure.ANSWERED))
        .as(sample.note())
        .isEqualTo(figure(sample, Figure.SENT));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "GRPC_.*")
  @Tag("wide")
  void eachKindIsAccountedForOnGrpc(SlowClient client) throws Exception {
    benchmark.hold = LONG;

    Sample sample = deployed("grpc", client);

    assertAccounted(sample, 4);
    assertThat(figure(sample, Figure.REFUSED)).as(sample.note()).isZero();
    assertThat(figure(sample, Figure.OTHER_LOSS)).as(sample.note()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jetty", "undertow", "netty-nio", "netty-epoll"})
  @Tag("wide")
  void eachServerHasDownloadsThatItCannotEnd(String service) throws Exception {
    Sample sample = deployed(service, SlowClient.DOWNLOAD_LONG);

    assertAccounted(sample, 4);
    assertThat(figure(sample, Figure.FAILED)).isEqualTo(4);
  }

  @Test
  void clientThatIsUnknownIsRefused() {
    benchmark.client = "fax";
    assertThatThrownBy(benchmark::start).hasMessage("client 'fax' is unknown; see --help");
  }

  private static void assertAccounted(Sample sample, int least) {
    assertThat(sample.succeeded()).isTrue();
    assertThat(figure(sample, Figure.SENT)).isGreaterThanOrEqualTo(least);
    assertThat(
            figure(sample, Figure.ANSWERED)
                + figure(sample, Figure.TOLD)
                + figure(sample, Figure.FAILED))
        .as(sample.note())
        .isEqualTo(figure(sample, Figure.SENT));
  }

  private static double figure(Sample sample, Figure figure) {
    return sample.figure(figure).orElseThrow();
  }
}
