package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Releases in S3 or a service that speaks its protocol. This class and those whose names begin with
 * S3 alone use the AWS SDK, which is loaded, and reads its own configuration, at the first request.
 *
 * <p>An instance that stages makes three requests: checksum, size, archive. Publishing puts the
 * archive first and the checksum last, each with {@code If-None-Match: *}: a commit counts as
 * published only when both are there, nothing is ever overwritten, and publishing the same bytes
 * again completes what was interrupted. Two publishers that use different kinds for one commit at
 * the same moment are not kept apart. Thread-safe.
 */
final class S3Store implements ReleaseStore {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  /** S3 takes no more in one request. */
  private static final long LARGEST_OBJECT = 5L << 30;

  private static final int RESUMPTIONS = 3;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** Where services other than Amazon's do not care. */
  private static final Region ANY_REGION = Region.US_EAST_1;

  private final StoreLocation location;
  private final StoreLocation.Bucket bucket;
  private final Patience patience;
  private final S3Failures failures;
  private @Nullable S3Client client;

  /** What the last commit was packed as, where the next one is looked for first. */
  private volatile ArchiveKind likely = ArchiveKind.TAR_ZST;

  /**
   * How long an unanswered request is waited for.
   *
   * @param connect for a connection
   * @param read between two packets, and for as many as make a transfer
   * @param attempts how often it is tried; also when the service asks to slow down
   */
  record Patience(Duration connect, Duration read, int attempts) {}

  /**
   * @param silence how long the service may bring next to nothing
   */
  S3Store(StoreLocation location, StoreLocation.Bucket bucket, Duration silence) {
    this(location, bucket, new Patience(min(LONGEST_CONNECT, silence), silence, 4));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  S3Store(StoreLocation location, StoreLocation.Bucket bucket, Patience patience) {
    this.location = location;
    this.bucket = bucket;
    this.patience = patience;
    this.failures = new S3Failures(location, bucket);
  }

  @Override
  public Optional<StoredArchive> find(Commit commit) throws IOException {
    List<ArchiveKind> kinds = new ArrayList<>(List.of(ArchiveKind.values()));
    kinds.sort(Comparator.comparing(kind -> kind != likely));
    AccessDenied denied = null;
    for (ArchiveKind kind : kinds) {
      try {
        Optional<StoredArchive> found = find(commit, kind);
        if (found.isPresent()) {
          likely = kind;
          return found;
        }
      } catch (AccessDenied perhapsMissing) {
        denied = perhapsMissing;
      }
    }
    if (denied != null) {
      throw denied;
    }
    for (ArchiveKind kind : kinds) {
      String key = archiveKey(commit, kind);
      if (size(key).isPresent()) {
        throw new IOException(
            failures.place(key)
                + " is there without its checksum: it is being published, or that was interrupted;"
                + " publish it again");
      }
    }
    return Optional.empty();
  }

  private Optional<StoredArchive> find(Commit commit, ArchiveKind kind) throws IOException {
    Optional<Checksum> checksum = checksum(checksumKey(commit, kind));
    if (checksum.isEmpty()) {
      return Optional.empty();
    }
    String key = archiveKey(commit, kind);
    // A checksum whose archive is missing was not published: the archive is put first.
    return size(key)
        .map(size -> new StoredArchive(kind, size, checksum.get().hex(), () -> open(key, size)));
  }

  private Optional<Checksum> checksum(String key) throws IOException {
    try (InputStream content = get(key, 0, null)) {
      return Optional.of(Checksum.parse(head(content, key), failures.place(key)));
    } catch (S3Exception failure) {
      return nothingIfMissing(failure, key);
    } catch (SdkException failure) {
      throw failures.explain("read", key, failure);
    }
  }

  private byte[] head(InputStream content, String key) throws IOException {
    try {
      return content.readNBytes(Checksum.LONGEST_FILE);
    } catch (IOException failure) {
      throw new IOException(
          failures.place(key) + " could not be read: " + Diagnostics.reason(failure), failure);
    }
  }

  private Optional<Long> size(String key) throws IOException {
    try {
      HeadObjectResponse head =
          client().headObject(request -> request.bucket(bucket.name()).key(key));
      return Optional.of(head.contentLength());
    } catch (S3Exception failure) {
      return nothingIfMissing(failure, key);
    } catch (SdkException failure) {
      throw failures.explain("read", key, failure);
    }
  }

  private <T> Optional<T> nothingIfMissing(S3Exception failure, String key) throws IOException {
    if (failure.statusCode() == NOT_FOUND && !S3Failures.isNoSuchBucket(failure)) {
      return Optional.empty();
    }
    IOException explained = failures.explain("read", key, failure);
    throw S3Failures.isAccessDenied(failure) ? new AccessDenied(explained) : explained;
  }

  private InputStream open(String key, long size) throws IOException {
    String[] version = new String[1];
    return new ResumingInputStream(
        position -> {
          try {
            ObjectStream stream = get(key, position, version[0]);
            version[0] = stream.version();
            return stream;
          } catch (SdkException failure) {
            throw failures.explain("read", key, failure);
          }
        },
        size,
        RESUMPTIONS);
  }

  private ObjectStream get(String key, long position, @Nullable String version) throws IOException {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket.name()).key(key);
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    if (version != null) {
      request.ifMatch(version);
    }
    ResponseInputStream<GetObjectResponse> response = client().getObject(request.build());
    return new ObjectStream(response, new Pace(patience.read(), System.nanoTime()));
  }

  @Override
  public void publish(Commit commit, Path archive, ArchiveKind kind, String sha256)
      throws IOException {
    Checksum checksum = new Checksum(sha256);
    if (Files.size(archive) > LARGEST_OBJECT) {
      throw new IOException(
          "'" + archive + "' is larger than the 5 GiB that S3 takes in one request; release less");
    }
    refuseOtherKinds(commit, kind);
    String key = archiveKey(commit, kind);
    String checksumKey = checksumKey(commit, kind);
    if (!create(key, RequestBody.fromFile(archive), checksum)) {
      completeOrRefuse(commit, key, checksumKey, checksum);
    }
    byte[] content = checksum.file(Names.of(commit, kind).archive());
    if (!create(checksumKey, RequestBody.fromBytes(content), null)) {
      requireSame(checksumKey, checksum);
    }
  }

  private void refuseOtherKinds(Commit commit, ArchiveKind kind) throws IOException {
    for (ArchiveKind other : ArchiveKind.values()) {
      String key = archiveKey(commit, other);
      if (other != kind && isThere(key)) {
        throw alreadyThere(commit, key);
      }
    }
  }

  /** A publisher need not be allowed to read what is not there. */
  private boolean isThere(String key) throws IOException {
    try {
      return size(key).isPresent();
    } catch (AccessDenied perhapsMissing) {
      return false;
    }
  }

  /** An archive of the same bytes that lacks its checksum is one that was interrupted. */
  private void completeOrRefuse(Commit commit, String key, String checksumKey, Checksum checksum)
      throws IOException {
    if (checksum(checksumKey).isPresent()) {
      throw alreadyThere(commit, key);
    }
    long size = size(key).orElse(0L);
    try (InputStream content = open(key, size)) {
      if (!Checksum.of(content).equals(checksum)) {
        throw alreadyThere(commit, key);
      }
    }
  }

  private void requireSame(String checksumKey, Checksum checksum) throws IOException {
    Optional<Checksum> there = checksum(checksumKey);
    if (there.isPresent() && !there.get().equals(checksum)) {
      throw new IOException(
          failures.place(checksumKey)
              + " holds the checksum of other bytes; remove it and publish again");
    }
  }

  private FileAlreadyExistsException alreadyThere(Commit commit, String key) {
    return new FileAlreadyExistsException(
        failures.place(key),
        null,
        "the commit '" + commit + "' was published before; a published commit never changes");
  }

  /**
   * Creates an object.
   *
   * @param checksum lets the service refuse bytes that were damaged on the way
   * @return false if it is there already
   */
  private boolean create(String key, RequestBody content, @Nullable Checksum checksum)
      throws IOException {
    try {
      client()
          .putObject(
              request -> {
                request.bucket(bucket.name()).key(key).ifNoneMatch("*");
                if (checksum != null) {
                  request.checksumSHA256(
                      Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum.hex())));
                }
              },
              content);
      return true;
    } catch (S3Exception failure) {
      if (failure.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      if (failure.statusCode() == CONFLICT) {
        throw new IOException(
            failures.place(key) + " is being published by somebody else; try again", failure);
      }
      throw failures.explain("written", key, failure);
    } catch (SdkException failure) {
      throw failures.explain("written", key, failure);
    }
  }

  private String archiveKey(Commit commit, ArchiveKind kind) {
    return key(Names.of(commit, kind).archive());
  }

  private String checksumKey(Commit commit, ArchiveKind kind) {
    return key(Names.of(commit, kind).checksum());
  }

  private String key(String name) {
    return bucket.prefix() + location.app() + "/" + name;
  }

  @Override
  public String description() {
    return location.description();
  }

  private synchronized S3Client client() throws IOException {
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
            // The archive has a SHA-256 of its own; other services do not know S3's trailers.
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
   * Leaves out the instance's metadata, which tell where this machine is, not where the service.
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

  /** S3 refused, perhaps only because there is nothing; the message is for the user. */
  private static final class AccessDenied extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    AccessDenied(IOException explained) {
      super(explained.getMessage(), explained);
    }
  }

  /** The bytes of an object, without the SDK's exceptions. */
  private static final class ObjectStream extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> response;
    private final Pace pace;
    private boolean ended;

    ObjectStream(ResponseInputStream<GetObjectResponse> response, Pace pace) {
      super(response);
      this.response = response;
      this.pace = pace;
    }

    /** Tells this content of the object from any other. */
    @Nullable String version() {
      return response.response().eTag();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = super.read(bytes, offset, length);
        ended = count < 0;
        if (count > 0) {
          pace.came(count, System.nanoTime());
        }
        return count;
      } catch (SdkException failure) {
        throw new IOException(Diagnostics.reason(failure), failure);
      }
    }

    /** Closing the SDK's stream reads the rest of a large object; aborting drops the connection. */
    @Override
    public void close() throws IOException {
      try {
        if (ended) {
          super.close();
        } else {
          response.abort();
        }
      } catch (SdkException failure) {
        throw new IOException(Diagnostics.reason(failure), failure);
      }
    }
  }
}
