package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {

  @ParameterizedTest
  @CsvSource({"20,16", "64,16", "400,100", "1024,256", "1048576,256", "9223372036854775807,256"})
  void takesAQuarterOfTheDescriptors(long descriptors, int places) {
    Places of = Places.of(descriptors);

    assertThat(of.all()).isEqualTo(places);
    assertThat(of.unproven()).isEqualTo(places / 2);
    assertThat(of.readers()).isPositive();
    assertThat(of.deployers()).isGreaterThanOrEqualTo(of.readers());
  }

  @ParameterizedTest
  @CsvSource({
    "Max open files            400                  524288               files,400",
    "Max open files            unlimited            unlimited            files,9223372036854775807",
    "Max open files            ?                    524288               files,1024",
    "Max processes             3                    3                    processes,1024",
  })
  void readsTheLimitThatHolds(String line, long limit) {
    assertThat(Places.limit(List.of("Limit  Soft Limit  Hard Limit  Units", line)))
        .isEqualTo(limit);
  }

  @Test
  void thisProcessHasALimit() {
    assertThat(Places.ofThisProcess().all()).isBetween(16, 256);
  }
}
