package dev.fastdeploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadPlacesTest {

  @TempDir Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "/cache, /home/ci, /cache/fastdeploy",
    ", /home/ci, /home/ci/.cache/fastdeploy",
    "cache, /home/ci, /home/ci/.cache/fastdeploy",
    "/cache, ?, /cache/fastdeploy"
  })
  void theCacheIsTheUsers(String cacheHome, String userHome, Path expected) {
    assertThat(cache(cacheHome, userHome)).contains(expected);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"?", ".", "home", "../ci"})
  void itIsNeverBelowTheWorkingDirectory(String userHome) {
    assertThat(cache(null, userHome)).isEmpty();
    assertThat(cache("./cache", userHome)).isEmpty();
  }

  @Test
  void itIsNotTheWorkingDirectoryByAnEmptyVariable() {
    assertThat(cache("", "?")).isEmpty();
  }

  @Test
  void whatOnlyFleetsNeedIsNeverInTheHome() throws Exception {
    Path home = directory.resolve("home");
    PayloadPlaces places = places(Map.of(Setting.HOME, home.toString()));

    assertThat(places.ofAll()).isEqualTo(home.resolve("fastdeploy/payload"));
    assertThat(places.ofFleets()).isEqualTo(directory.resolve("cache/fastdeploy"));
  }

  @Test
  void bothAreWhereTheUserSays() throws Exception {
    Path given = directory.resolve("given");
    PayloadPlaces places =
        places(
            Map.of(
                Setting.HOME, directory.resolve("home").toString(),
                Setting.PAYLOAD_DIR, given.toString()));

    assertThat(places.ofAll()).isEqualTo(given);
    assertThat(places.ofFleets()).isEqualTo(given);
    assertThat(directory.resolve("home")).doesNotExist();
  }

  @Test
  void withoutAHomeBothAreInTheCache() throws Exception {
    PayloadPlaces places = places(Map.of());

    assertThat(places.ofAll()).isEqualTo(directory.resolve("cache/fastdeploy"));
    assertThat(places.ofFleets()).isEqualTo(directory.resolve("cache/fastdeploy"));
  }

  private PayloadPlaces places(Map<Setting, String> explicit) {
    return new PayloadPlaces(
        new Settings(explicit, new Properties(), Map.of()),
        directory.resolve("cache").toString(),
        null);
  }

  private static Optional<Path> cache(@Nullable String cacheHome, @Nullable String userHome) {
    return new PayloadPlaces(
            new Settings(Map.of(), new Properties(), Map.of()), cacheHome, userHome)
        .cache();
  }
}
