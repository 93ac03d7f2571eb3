package dev.fastdeploy.agent.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StagingRequestTest {

  private static final ExpectedRelease EXPECTED = new ExpectedRelease("shop", "ab".repeat(32));

  private static byte[] written(StagingRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    request.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Properties properties = new Properties();
    properties.setProperty(
        "a key = with : signs", "a value\nof two lines, with \u00e9 and \ud83d\ude80");
    StagingRequest request = new StagingRequest(new Commit("c1"), EXPECTED, properties);

    assertThat(StagingRequest.readFrom(new ByteArrayInputStream(written(request))))
        .isEqualTo(request);
  }

  @Test
  void settingsAndTheWayToTheStoreGoWithIt() {
    Properties own = new Properties();
    own.setProperty("fastdeploy.store.region", "eu-central-1");
    System.setProperty("aws.test.of.requests", "1");
    try {
      StagingRequest request =
          StagingRequest.of(
              new Commit("c1"),
              EXPECTED,
              new Settings(
                  Map.of(
                      Setting.STORE,
                      "s3://bucket",
                      Setting.HOME,
                      "/home dir",
                      Setting.STORE_ENDPOINT,
                      ""),
                  own,
                  Map.of("FASTDEPLOY_APP", "shop", "FASTDEPLOY_STORE_ENDPOINT", "http://else")));

      assertThat(request.properties())
          .containsEntry("fastdeploy.store", "s3://bucket")
          .containsEntry("fastdeploy.home", "/home dir")
          .containsEntry("fastdeploy.store.region", "eu-central-1")
          .containsEntry("fastdeploy.app", "shop")
          .containsEntry("fastdeploy.store.endpoint", "")
          .containsEntry("aws.test.of.requests", "1")
          .containsEntry("user.home", System.getProperty("user.home"))
          .doesNotContainKey("java.home");
    } finally {
      System.clearProperty("aws.test.of.requests");
    }
  }

  @Test
  void aPartOfOneIsRefused() throws IOException {
    byte[] whole = written(new StagingRequest(new Commit("c1"), EXPECTED, new Properties()));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> StagingRequest.readFrom(new ByteArrayInputStream(part)))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () -> StagingRequest.readFrom(new ByteArrayInputStream(new byte[] {-1, 0, 0, 0})))
        .hasMessage("a request of -16777216 bytes");
  }
}
