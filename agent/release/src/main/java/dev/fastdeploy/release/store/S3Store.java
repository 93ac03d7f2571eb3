package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.release.format.PieceStream;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Releases in S3 or a service that speaks its protocol. Only this class and those whose names begin
 * with S3 use the AWS SDK, which is loaded, and reads its own configuration, at the first request.
 *
 * <p>An instance that stages makes four requests: record, size, the other kind's size, archive.
 * Everything is put with {@code If-None-Match: *}, so that nothing is ever overwritten.
 * Thread-safe.
 */
final class S3Store implements ReleaseStore {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  /** The limit of S3 for one request. */
  private static final long LARGEST_OBJECT = 5L << 30;

  private static final int RESUMPTIONS = 3;

  private final StoreLocation location;
  private final StoreLocation.Bucket bucket;
  private final S3Patience patience;
  private final S3Failures failures;
  private final S3LazyClient client;

  /**
   * @param silence how long a transfer may make almost no progress
   */
  S3Store(StoreLocation location, StoreLocation.Bucket bucket, Duration silence) {
    this(location, bucket, S3Patience.of(silence));
  }

  S3Store(StoreLocation location, StoreLocation.Bucket bucket, S3Patience patience) {
    this.location = location;
    this.bucket = bucket;
    this.patience = patience;
    this.failures = new S3Failures(location, bucket);
    this.client = new S3LazyClient(location, patience);
  }

  @Override
  public Optional<StoredArchive> find(Commit commit) throws IOException {
    InBucket objects = new InBucket();
    Optional<StoredArchive> found;
    try {
      found = new Publications(location.app(), objects).find(commit);
    } catch (UnfinishedPublicationException unfinished) {
      throw objects.denied == null ? unfinished : objects.denied;
    }
    if (found.isEmpty() && objects.denied != null) {
      throw objects.denied;
    }
    return found;
  }

  /**
   * The objects of the bucket. A caller that may not list it is told of a missing object that it
   * may not read it.
   */
  private final class InBucket implements Publications.Objects {

    private @Nullable AccessDenied denied;

    @Override
    public Optional<byte[]> head(String name) throws IOException {
      String key = key(name);
      try (InputStream content = get(key, 0, null)) {
        return Optional.of(content.readNBytes(Checksum.LONGEST_FILE));
      } catch (S3Exception failure) {
        return missing(failure, key);
      } catch (SdkException failure) {
        throw failures.explain("read", key, failure);
      } catch (IOException failure) {
        throw new IOException(
            failures.place(key) + " could not be read: " + Diagnostics.reason(failure), failure);
      }
    }

    @Override
    public Optional<Long> size(String name) throws IOException {
      String key = key(name);
      try {
        HeadObjectResponse head =
            client.get().headObject(request -> request.bucket(bucket.name()).key(key));
        return Optional.of(head.contentLength());
      } catch (S3Exception failure) {
        return missing(failure, key);
      } catch (SdkException failure) {
        throw failures.explain("read", key, failure);
      }
    }

    private <T> Optional<T> missing(S3Exception failure, String key) throws IOException {
      try {
        return nothingIfMissing(failure, key);
      } catch (AccessDenied perhapsMissing) {
        denied = perhapsMissing;
        return Optional.empty();
      }
    }

    @Override
    public InputStream open(String name, long size) throws IOException {
      return S3Store.this.open(key(name), size);
    }

    @Override
    public boolean create(String name, Path content, Checksum checksum) throws IOException {
      return S3Store.this.create(key(name), RequestBody.fromFile(content), checksum);
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
      return S3Store.this.create(key(name), RequestBody.fromBytes(content), null);
    }

    @Override
    public void remove(String name) throws IOException {
      String key = key(name);
      try {
        client.get().deleteObject(request -> request.bucket(bucket.name()).key(key));
      } catch (SdkException failure) {
        throw failures.explain("removed", key, failure);
      }
    }

    @Override
    public String place(String name) {
      return failures.place(key(name));
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
    ResponseInputStream<GetObjectResponse> response = client.get().getObject(request.build());
    return new ObjectStream(response, new Pace(patience.read(), System.nanoTime()));
  }

  @Override
  public void publish(Commit commit, Path archive, ReleaseFormat format, String sha256)
      throws IOException {
    Checksum checksum = new Checksum(sha256);
    if (Files.size(archive) > LARGEST_OBJECT) {
      throw new IOException(
          "'"
              + archive
              + "' is larger than the 5 GiB that S3 accepts in one request; make the release"
              + " smaller");
    }
    new Publications(location.app(), new InBucket()).publish(commit, archive, format, checksum);
  }

  /**
   * Creates an object.
   *
   * @param checksum lets the service refuse bytes that were damaged in transit
   * @return false if it is there already
   */
  private boolean create(String key, RequestBody content, @Nullable Checksum checksum)
      throws IOException {
    try {
      client
          .get()
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

  private String key(String name) {
    return bucket.prefix() + location.app() + "/" + name;
  }

  @Override
  public String app() {
    return location.app();
  }

  @Override
  public String description() {
    return location.description();
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * Says that S3 refused, perhaps only because there is no such object. The message is for the
   * user.
   */
  private static final class AccessDenied extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    AccessDenied(IOException explained) {
      super(explained.getMessage(), explained);
    }
  }

  /** The bytes of an object, without the SDK's exceptions. */
  private static final class ObjectStream extends PieceStream {

    private final ResponseInputStream<GetObjectResponse> response;
    private final Pace pace;
    private boolean ended;

    ObjectStream(ResponseInputStream<GetObjectResponse> response, Pace pace) {
      this.response = response;
      this.pace = pace;
    }

    /** Returns the tag that identifies this content of the object. */
    @Nullable String version() {
      return response.response().eTag();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = response.read(bytes, offset, length);
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
          response.close();
        } else {
          response.abort();
        }
      } catch (SdkException failure) {
        throw new IOException(Diagnostics.reason(failure), failure);
      }
    }
  }
}
