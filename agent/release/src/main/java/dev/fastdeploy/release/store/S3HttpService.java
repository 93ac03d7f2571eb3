package dev.fastdeploy.release.store;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;

/**
 * Gives the store's connections to the clients that the SDK makes by itself, for credentials. The
 * SDK finds this class as a service; that of its own library is not in {@code fastdeploy.jar}.
 */
public final class S3HttpService implements SdkHttpService {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(30);

  /** Called by the service loader. */
  public S3HttpService() {}

  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    return new Builder();
  }

  /** Has nothing to configure. */
  private static final class Builder implements SdkHttpClient.Builder<Builder> {

    @Override
    public SdkHttpClient buildWithDefaults(
        software.amazon.awssdk.utils.AttributeMap serviceDefaults) {
      return S3Connections.client(CONNECT, READ);
    }
  }
}
