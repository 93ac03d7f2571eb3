package dev.fastdeploy.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class S3ProxyProcessTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final byte[] CONTENT = "a release".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void storesWhatIsSignedAndOverwritesNothingUnasked() throws Exception {
    try (S3ProxyProcess server = start()) {
      AwsSignature signature = new AwsSignature(server.accessKey(), server.secretKey());
      AwsSignature wrong = new AwsSignature(server.accessKey(), "wrong");
      URI object = server.endpoint().resolve("/" + server.bucket() + "/app/c1.tar.gz");

      assertThat(put(object, wrong)).isEqualTo(403);
      assertThat(put(object, signature)).isEqualTo(200);
      assertThat(put(object, signature)).isEqualTo(412);
      assertThat(server.bucketDirectory().resolve("app/c1.tar.gz")).hasBinaryContent(CONTENT);
      assertThat(status(HttpRequest.newBuilder(object).GET())).isEqualTo(403);
      HttpRequest.Builder get = HttpRequest.newBuilder(object).GET();
      signature.sign(get, "GET", object, new byte[0]);
      assertThat(HTTP.send(get.build(), HttpResponse.BodyHandlers.ofByteArray()).body())
          .isEqualTo(CONTENT);
    }
  }

  @Test
  void closingLeavesNoProcess() throws Exception {
    S3ProxyProcess server = start();
    assertThat(server.alive()).isTrue();
    server.close();
    assertThat(server.alive()).isFalse();
    assertThat(Files.isDirectory(server.bucketDirectory())).isTrue();
  }

  private S3ProxyProcess start() throws Exception {
    return S3ProxyProcess.start(
        Jdk.running(),
        BuildOutput.own().s3ProxyJar(),
        directory,
        "releases",
        Duration.ofSeconds(60));
  }

  private static int put(URI object, AwsSignature signature) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(object)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(CONTENT))
            .header("If-None-Match", "*");
    signature.sign(request, "PUT", object, CONTENT);
    return status(request);
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
