package dev.fastdeploy.release.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in S3 or a service that speaks its protocol, put with {@code If-None-Match: *}. Requests
 * must reach the service itself: there must be no caching proxy in between. Thread-safe.
 */
final class S3Objects implements SharedObjects {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  /** The number of tries while another request for the same key is under way. */
  private static final int MOST_CONFLICTS = 5;

  /**
   * The number of tries after a lost answer: a service may refuse a write and close the connection
   * before it has read it.
   */
  private static final int MOST_LOST_ANSWERS = 2;

  private static final S3Patience PATIENCE =
      new S3Patience(Duration.ofSeconds(3), Duration.ofSeconds(5), 1);

  private final StoreLocation.Bucket bucket;
  private final S3LazyClient client;
  private final S3Failures failures;

  S3Objects(StoreLocation location, StoreLocation.Bucket bucket) {
    this.bucket = bucket;
    this.client = new S3LazyClient(location, PATIENCE);
    this.failures = new S3Failures(location, bucket);
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    String key = bucket.prefix() + name;
    int conflicts = 0;
    int lostAnswers = 0;
    while (true) {
      try {
        client
            .get()
            .putObject(
                request -> request.bucket(bucket.name()).key(key).ifNoneMatch("*"),
                RequestBody.fromBytes(content));
        return true;
      } catch (S3Exception failure) {
        if (failure.statusCode() == PRECONDITION_FAILED) {
          // It is our own write, whose answer was lost.
          return read(name).map(there -> Arrays.equals(there, content)).orElse(false);
        }
        if (failure.statusCode() != CONFLICT || conflicts++ == MOST_CONFLICTS) {
          throw failures.explain(S3Failures.Operation.CREATE, key, failure);
        }
      } catch (SdkException failure) {
        // The result of the write is unknown, but the existing object shows it.
        Optional<byte[]> there =
            lostAnswers++ < MOST_LOST_ANSWERS ? read(name) : unknown(failure, key);
        if (there.isPresent()) {
          return Arrays.equals(there.get(), content);
        }
      }
    }
  }

  private Optional<byte[]> unknown(SdkException failure, String key) throws IOException {
    throw failures.explain(S3Failures.Operation.CREATE, key, failure);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    String key = bucket.prefix() + name;
    try {
      return Optional.of(
          client
              .get()
              .getObjectAsBytes(request -> request.bucket(bucket.name()).key(key))
              .asByteArray());
    } catch (S3Exception failure) {
      if (failure.statusCode() == NOT_FOUND && !S3Failures.isNoSuchBucket(failure)) {
        return Optional.empty();
      }
      throw failures.explain(S3Failures.Operation.READ, key, failure);
    } catch (SdkException failure) {
      throw failures.explain(S3Failures.Operation.READ, key, failure);
    }
  }

  @Override
  public List<String> list(String folder, String after, int most) throws IOException {
    String prefix = bucket.prefix() + folder + "/";
    TreeSet<String> names = new TreeSet<>();
    String token = null;
    try {
      do {
        ListObjectsV2Request.Builder request =
            ListObjectsV2Request.builder().bucket(bucket.name()).prefix(prefix).delimiter("/");
        if (!after.isEmpty()) {
          // This skips earlier names, and those in a folder of that name.
          request.startAfter(prefix + after);
        }
        ListObjectsV2Response page =
            client.get().listObjectsV2(request.continuationToken(token).build());
        for (S3Object object : page.contents()) {
          names.add(object.key().substring(prefix.length()));
        }
        for (CommonPrefix inner : page.commonPrefixes()) {
          names.add(inner.prefix().substring(prefix.length(), inner.prefix().length() - 1));
        }
        token = page.isTruncated() ? page.nextContinuationToken() : null;
      } while (token != null && names.size() < most);
    } catch (SdkException failure) {
      throw failures.explain(S3Failures.Operation.LIST, prefix, failure);
    }
    List<String> listed = new ArrayList<>();
    for (String name : names) {
      if (name.compareTo(after) > 0 && listed.size() < most) {
        listed.add(name);
      }
    }
    return listed;
  }

  @Override
  public String place(String name) {
    return failures.place(bucket.prefix() + name);
  }

  @Override
  public void close() {
    client.close();
  }
}
