package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLocationTest {

  @Test
  void readsAllOfTheSettings() {
    StoreLocation location =
        StoreLocation.of(
            settings(
                Map.of(
                    Setting.STORE, "s3://my-bucket/team/a",
                    Setting.APP, "shop",
                    Setting.STORE_ENDPOINT, "http://127.0.0.1:9000",
                    Setting.STORE_REGION, "eu-central-1",
                    Setting.STORE_PATH_STYLE, "true")));
    assertThat(location)
        .isEqualTo(
            new StoreLocation(
                "s3://my-bucket/team/a",
                "shop",
                URI.create("http://127.0.0.1:9000"),
                "eu-central-1",
                true));
    assertThat(location.root()).isEqualTo(new StoreLocation.Bucket("my-bucket", "team/a/"));
    assertThat(location.description()).isEqualTo("s3://my-bucket/team/a/shop");
  }

  @ParameterizedTest
  @CsvSource({
    "s3://my-bucket, ''",
    "s3://my-bucket/, ''",
    "s3://my-bucket/a, a/",
    "s3://my-bucket//a//b/, a/b/"
  })
  void readsBuckets(String uri, String prefix) {
    assertThat(at(uri).root()).isEqualTo(new StoreLocation.Bucket("my-bucket", prefix));
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/releases, /srv/releases",
    "file:/srv/releases, /srv/releases",
    "file:///srv/releases/, /srv/releases",
    "/srv/a/../releases, /srv/releases"
  })
  void readsDirectories(String uri, String path) {
    assertThat(at(uri).root()).isEqualTo(new StoreLocation.Directory(Path.of(path)));
    assertThat(at(uri).description()).isEqualTo(path + "/app");
  }

  @ParameterizedTest
  @CsvSource({
    "gs://bucket, neither s3://BUCKET[/PREFIX] nor a directory",
    "https://bucket, neither",
    "s3://, neither",
    "s3://UP..down?, neither",
    "s3://key:secret@bucket, neither",
    "'', neither",
    "s3://bucket/a/../b, prefix",
    "s3://bucket/a b, prefix",
    "s3://bucket/a%2e, prefix",
    "file://host/srv, file:/srv/releases",
    "file:srv, file:/srv/releases"
  })
  void refusesOtherStores(String uri, String reason) {
    assertThatThrownBy(() -> at(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--store '" + uri + "'")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"../x", "a/b", "''", ".hidden"})
  void refusesNamesThatAreNoApplications(String app) {
    assertThatThrownBy(() -> new StoreLocation("/srv", app, null, null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--app '" + app + "' is not the name of an application");
  }

  @ParameterizedTest
  @CsvSource({"ftp://host", "localhost:9000", "http://", "http://user@host", "http://host?x=y"})
  void refusesEndpointsThatAreNoServices(String endpoint) {
    assertThatThrownBy(
            () ->
                StoreLocation.of(
                    settings(
                        Map.of(
                            Setting.STORE, "s3://bucket",
                            Setting.APP, "app",
                            Setting.STORE_ENDPOINT, endpoint))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--store-endpoint '" + endpoint + "'");
  }

  @Test
  void refusesARegionThatIsNone() {
    assertThatThrownBy(() -> new StoreLocation("s3://bucket", "app", null, "x.evil.com/", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--store-region 'x.evil.com/'");
  }

  @Test
  void saysWhichSettingIsMissing() {
    assertThatThrownBy(() -> StoreLocation.of(settings(Map.of(Setting.APP, "app"))))
        .hasMessageStartingWith("--store is missing");
    assertThatThrownBy(() -> StoreLocation.of(settings(Map.of(Setting.STORE, "/srv"))))
        .hasMessageStartingWith("--app is missing");
  }

  private static StoreLocation at(String uri) {
    return new StoreLocation(uri, "app", null, null, false);
  }

  private static Settings settings(Map<Setting, String> values) {
    return new Settings(values, new Properties(), Map.of());
  }
}
