package dev.fastdeploy.release.store;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The client of a location in S3, made when it is first asked for: the AWS SDK is loaded, and reads
 * its own configuration, then. Thread-safe.
 */
final class S3LazyClient implements AutoCloseable {

  /** For services other than Amazon's, which ignore the region. */
  private static final Region ANY_REGION = Region.US_EAST_1;

  private final StoreLocation location;
  private final S3Patience patience;
  private @Nullable S3Client client;

  S3LazyClient(StoreLocation location, S3Patience patience) {
    this.location = location;
    this.patience = patience;
  }

  /**
   * Returns the client, which is closed with this.
   *
   * @throws IOException if the SDK's configuration cannot be read, with a message for the user
   */
  synchronized S3Client get() throws IOException {
    S3Client open = client;
    if (open == null) {
      S3Credentials.checkProfiles();
      open = newClient();
      client = open;
    }
    return open;
  }

  private S3Client newClient() {
    SdkHttpClient http = S3Connections.client(patience.connect(), patience.read());
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .overrideConfiguration(
                override ->
                    override.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(patience.attempts())
                            .build()))
            .forcePathStyle(location.pathStyle())
            // The archive has a SHA-256 of its own, and other services do not support S3's
            // trailers.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    URI endpoint = location.endpoint();
    String region = location.region();
    if (endpoint != null) {
      builder
          .endpointOverride(endpoint)
          .region(region == null ? regionOfEndpoint() : Region.of(region));
    } else if (region != null) {
      builder.region(Region.of(region));
    }
    return builder.build();
  }

  /**
   * Ignores the instance's metadata, which says where this machine is, not where the service is.
   */
  private static Region regionOfEndpoint() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkException noneSaid) {
      return ANY_REGION;
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
