package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Blobs in S3 or a service that speaks its protocol. Only this class and those whose names begin
 * with S3 use the AWS SDK, which is loaded, and reads its own configuration, at the first request.
 *
 * <p>Everything is put with {@code If-None-Match: *}, so that nothing is ever overwritten. A caller
 * that may not list the bucket is told of a missing object that it may not read it. Thread-safe.
 */
final class S3Blobs implements BlobStore {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  /** The limit of S3 for one request. */
  private static final long LARGEST_OBJECT = 5L << 30;

  private static final int RESUMPTIONS = 3;

  private final StoreLocation.Bucket bucket;
  private final String prefix;
  private final S3Patience patience;
  private final S3Failures failures;
  private final S3LazyClient client;

  S3Blobs(StoreLocation location, StoreLocation.Bucket bucket, S3Patience patience) {
    this.bucket = bucket;
    this.prefix = bucket.prefix() + location.app() + "/";
    this.patience = patience;
    this.failures = new S3Failures(location, bucket);
    this.client = new S3LazyClient(location, patience);
  }

  @Override
  public Optional<byte[]> head(String name) throws IOException {
    String key = key(name);
    try (InputStream content = get(key, 0, null)) {
      return Optional.of(content.readNBytes(Checksum.LONGEST_FILE));
    } catch (S3Exception failure) {
      return nothingIfMissing(failure, key);
    } catch (SdkException failure) {
      throw failures.explain(S3Failures.Operation.READ, key, failure);
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
      return nothingIfMissing(failure, key);
    } catch (SdkException failure) {
      throw failures.explain(S3Failures.Operation.READ, key, failure);
    }
  }

  private <T> Optional<T> nothingIfMissing(S3Exception failure, String key) throws IOException {
    if (failure.statusCode() == NOT_FOUND && !S3Failures.isNoSuchBucket(failure)) {
      return Optional.empty();
    }
    IOException explained = failures.explain(S3Failures.Operation.READ, key, failure);
    throw S3Failures.isAccessDenied(failure) ? new PerhapsMissingException(explained) : explained;
  }

  @Override
  public InputStream open(String name, long size) throws IOException {
    String key = key(name);
    String[] version = new String[1];
    return new ResumingInputStream(
        position -> {
          try {
            S3ObjectStream stream = get(key, position, version[0]);
            version[0] = stream.version();
            return stream;
          } catch (SdkException failure) {
            throw failures.explain(S3Failures.Operation.READ, key, failure);
          }
        },
        size,
        RESUMPTIONS);
  }

  private S3ObjectStream get(String key, long position, @Nullable String version)
      throws IOException {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket.name()).key(key);
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    if (version != null) {
      request.ifMatch(version);
    }
    ResponseInputStream<GetObjectResponse> response = client.get().getObject(request.build());
    return new S3ObjectStream(response, new Pace(patience.read(), System.nanoTime()));
  }

  @Override
  public void prepareFor(Path content) throws IOException {
    if (Files.size(content) > LARGEST_OBJECT) {
      throw new IOException(
          "'"
              + content
              + "' is larger than the 5 GiB that S3 accepts in one request; make the release"
              + " smaller");
    }
  }

  @Override
  public boolean putIfAbsent(String name, Path content, Checksum checksum) throws IOException {
    return create(key(name), RequestBody.fromFile(content), checksum);
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return create(key(name), RequestBody.fromBytes(content), null);
  }

  /**
   * Creates an object.
   *
   * @param checksum lets the service refuse bytes that were damaged in transit
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
      throw failures.explain(S3Failures.Operation.WRITE, key, failure);
    } catch (SdkException failure) {
      throw failures.explain(S3Failures.Operation.WRITE, key, failure);
    }
  }

  @Override
  public void remove(String name) throws IOException {
    String key = key(name);
    try {
      client.get().deleteObject(request -> request.bucket(bucket.name()).key(key));
    } catch (SdkException failure) {
      throw failures.explain(S3Failures.Operation.REMOVE, key, failure);
    }
  }

  @Override
  public String place(String name) {
    return failures.place(key(name));
  }

  private String key(String name) {
    return prefix + name;
  }

  /** Each failure names the object and the reason already. */
  @Override
  public IOException explain(String what, IOException failure) {
    return failure;
  }

  @Override
  public void close() {
    client.close();
  }
}
