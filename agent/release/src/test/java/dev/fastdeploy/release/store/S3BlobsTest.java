package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3BlobsTest {

  private static final String BUCKET = "releases";
  private static final S3Patience IMPATIENT =
      new S3Patience(Duration.ofMillis(300), Duration.ofMillis(300), 2);

  @RegisterExtension static final S3Server SERVER = new S3Server(BUCKET);

  @RegisterExtension final AwsSettings aws = new AwsSettings();

  @TempDir Path directory;
  private final Commit commit = new Commit(UUID.randomUUID().toString());

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void findsWhatWasPublished(ReleaseFormat format) throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(4).nextBytes(bytes);
    Path archive = Files.write(directory.resolve("archive"), bytes);
    try (PublishedReleases store = store()) {
      publish(store, archive, format);

      StoredArchive found = store.find(commit).orElseThrow();
      assertThat(found.format()).isEqualTo(format);
      assertThat(found.size()).isEqualTo(bytes.length);
      assertThat(found.sha256()).isEqualTo(Checksum.of(archive).hex());
      try (InputStream content = found.source().open()) {
        assertThat(content.readAllBytes()).isEqualTo(bytes);
      }
      try (InputStream leftEarly = found.source().open()) {
        assertThat(leftEarly.readNBytes(10)).hasSize(10);
      }
      assertThat(store.find(commit)).isPresent();
      assertThat(store.description()).isEqualTo("s3://releases/team/shop");
    }
    try (S3Client admin = SERVER.admin()) {
      String name = commit + format.suffix();
      assertThat(
              admin
                  .getObjectAsBytes(
                      request -> request.bucket(BUCKET).key("team/shop/" + name + ".sha256"))
                  .asUtf8String())
          .isEqualTo(Checksum.of(archive).hex() + "  " + name + "\n");
    }
  }

  @Test
  void findsNothingForACommitThatWasNeverPublished() throws Exception {
    try (PublishedReleases store = store()) {
      assertThat(store.find(commit)).isEmpty();
    }
  }

  @Test
  void neverReplacesACommitNotEvenByTheSameBytes() throws Exception {
    try (PublishedReleases store = store()) {
      publish(store, archive("first"), ReleaseFormat.TAR_GZ);
      for (String content : new String[] {"first", "second"}) {
        for (ReleaseFormat format : ReleaseFormat.values()) {
          assertThatThrownBy(() -> publish(store, archive(content), format))
              .isInstanceOf(FileAlreadyExistsException.class)
              .hasMessageContaining("'s3://releases/team/shop/" + commit + ".tar.gz'")
              .hasMessageContaining("was published before");
        }
      }
      try (InputStream content = store.find(commit).orElseThrow().source().open()) {
        assertThat(content.readAllBytes()).asString().isEqualTo("first");
      }
    }
  }

  @Test
  void completesAnInterruptedPublishWithTheSameBytesOnly() throws Exception {
    put(commit + ".tar.gz", "content");
    try (PublishedReleases store = store()) {
      assertThatThrownBy(() -> store.find(commit))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(commit + ".tar.gz'")
          .hasMessageContaining("has no checksum");
      assertThatThrownBy(() -> publish(store, archive("other"), ReleaseFormat.TAR_GZ))
          .isInstanceOf(FileAlreadyExistsException.class);

      publish(store, archive("content"), ReleaseFormat.TAR_GZ);
      assertThat(store.find(commit)).isPresent();
    }
  }

  @Test
  void refusesAChecksumOfOtherBytesThatIsLeft() throws Exception {
    put(commit + ".tar.gz.sha256", "0".repeat(64));
    try (PublishedReleases store = store()) {
      assertThat(store.find(commit)).isEmpty();
      assertThatThrownBy(() -> publish(store, archive("content"), ReleaseFormat.TAR_GZ))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("contains the checksum of other bytes");
    }
  }

  @Test
  void refusesAChecksumThatIsNone() {
    put(commit + ".tar.zst", "content");
    put(commit + ".tar.zst.sha256", "<html>");
    try (PublishedReleases store = store()) {
      assertThatThrownBy(() -> store.find(commit))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not begin with a SHA-256");
    }
  }

  @Test
  void saysThatTheCredentialsAreWrong() {
    aws.set("aws.secretAccessKey", "wrong");
    assertFailure(store(), "the credentials were refused (SignatureDoesNotMatch)");
    aws.set("aws.accessKeyId", "nobody");
    assertFailure(store(), "the credentials were refused (InvalidAccessKeyId)");
  }

  @Test
  void saysThatThereAreNoCredentials() {
    aws.set("aws.accessKeyId", null);
    aws.set("aws.secretAccessKey", null);
    assertFailure(store(), "there are no AWS credentials");
  }

  @Test
  void saysWhyTheCredentialsThatWereMeantCannotBeLoaded() throws Exception {
    aws.set("aws.accessKeyId", null);
    aws.set("aws.secretAccessKey", null);
    Path config = directory.resolve("config");
    aws.set("aws.configFile", config.toString());
    Files.writeString(
        config,
        """
        [profile half]
        aws_access_key_id = x
        [profile role]
        role_arn = arn:aws:iam::111122223333:role/x
        source_profile = gone
        [profile sso]
        sso_session = my
        sso_account_id = 111122223333
        sso_role_name = R
        [sso-session my]
        sso_region = us-east-1
        sso_start_url = https://fastdeploy.example/start
        """);
    aws.set("user.home", directory.toString());
    aws.set("aws.profile", "mispelt");
    assertFailure(store(), "there is no profile 'mispelt' (AWS_PROFILE) in '" + config + "'");
    aws.set("aws.profile", "half");
    assertFailure(store(), "the profile 'half': Profile property 'aws_secret_access_key' was not");
    aws.set("aws.profile", "role");
    assertFailure(store(), "the profile 'role': ", "'gone'");
    aws.set("aws.profile", "sso");
    assertFailure(store(), "the profile 'sso': ", "SSO session");
    aws.set("aws.profile", null);
    aws.set("aws.webIdentityTokenFile", directory.resolve("token").toString());
    aws.set("aws.roleArn", "arn:aws:iam::111122223333:role/x");
    assertFailure(store(), "the web identity token '" + directory.resolve("token") + "'");
    aws.set("aws.webIdentityTokenFile", null);
    aws.set("aws.roleArn", null);
    aws.set("aws.accessKeyId", "alone");
    assertFailure(store(), "there is an access key (AWS_ACCESS_KEY_ID), but no");
  }

  @Test
  void namesTheFileOfADamagedProfile() throws Exception {
    Path config = Files.writeString(directory.resolve("config"), "garbage\n");
    aws.set("aws.configFile", config.toString());
    try (PublishedReleases store = store()) {
      assertThatThrownBy(() -> store.find(commit))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'" + config + "'")
          .hasMessageContaining("line 1")
          .hasMessageContaining("AWS_CONFIG_FILE");
    }
  }

  @Test
  void saysThatThereIsNoBucket() {
    assertFailure(
        store("s3://other-bucket", SERVER.endpoint()), "there is no bucket 'other-bucket'");
  }

  @Test
  void saysThatTheEndpointCannotBeReached() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    assertFailure(
        store("s3://releases", endpoint),
        "at " + endpoint + " could not be",
        "the service cannot be reached (Connection refused)",
        "--store-endpoint");
  }

  @Test
  void doesNotWaitForAServiceThatHangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertFailure(store("s3://releases", endpoint), "the service cannot be reached (Read timed");
    }
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertFailure(
        store("s3://releases", URI.create("http://nowhere.invalid")),
        "the host 'nowhere.invalid' is unknown");
  }

  private void assertFailure(PublishedReleases store, String... parts) {
    try (store) {
      assertThatThrownBy(() -> store.find(commit))
          .isInstanceOf(IOException.class)
          .satisfies(failure -> assertReadable(failure, parts));
      assertThatThrownBy(() -> publish(store, archive("x"), ReleaseFormat.TAR_GZ))
          .isInstanceOf(IOException.class)
          .satisfies(failure -> assertReadable(failure, parts));
    }
  }

  private void assertReadable(Throwable failure, String... parts) {
    assertThat(Diagnostics.reason(failure))
        .startsWith("'s3://")
        .contains(commit.id())
        .contains(parts)
        .doesNotContain("\n", "software.amazon", "\tat ", "Exception:");
  }

  private static PublishedReleases store() {
    return store("s3://releases/team", SERVER.endpoint());
  }

  private static PublishedReleases store(String uri, URI endpoint) {
    StoreLocation location = new StoreLocation(uri, "shop", endpoint, null, true);
    StoreLocation.Bucket bucket = (StoreLocation.Bucket) location.root();
    return endpoint.equals(SERVER.endpoint())
        ? ReleaseStores.open(location)
        : new PublishedReleases(
            location.app(), location.description(), new S3Blobs(location, bucket, IMPATIENT));
  }

  private Path archive(String content) throws IOException {
    return Files.writeString(directory.resolve("archive"), content);
  }

  private void publish(PublishedReleases store, Path archive, ReleaseFormat format)
      throws IOException {
    store.publish(commit, archive, format, Checksum.of(archive).hex());
  }

  private static void put(String name, String content) {
    try (S3Client admin = SERVER.admin()) {
      admin.putObject(
          request -> request.bucket(BUCKET).key("team/shop/" + name),
          RequestBody.fromString(content));
    }
  }
}
