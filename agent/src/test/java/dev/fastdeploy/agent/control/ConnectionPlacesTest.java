package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPlacesTest {

  @ParameterizedTest
  @CsvSource({
    "64,64,4",
    "64,70,4",
    "128,84,22",
    "400,84,100",
    "400,300,50",
    "1024,84,256",
    "1024,1000,12",
    "1048576,84,256",
    "9223372036854775807,84,256"
  })
  void takesAQuarterOfTheDescriptorsAndHalfOfTheFreeOnes(long descriptors, long open, int places) {
    ConnectionPlaces of = ConnectionPlaces.of(descriptors, open);

    assertThat(of.all()).isEqualTo(places);
    assertThat(of.unproven()).isEqualTo(places / 2);
    assertThat(of.readers()).isPositive();
    assertThat(of.deployers()).isGreaterThanOrEqualTo(of.readers());
  }

  @Test
  void thisProcessHasALimit() {
    assertThat(ConnectionPlaces.ofThisProcess().all()).isBetween(4, 256);
  }
}
