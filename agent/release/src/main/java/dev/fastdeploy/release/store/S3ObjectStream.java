package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.release.format.PieceStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of an object, without the SDK's exceptions. */
final class S3ObjectStream extends PieceStream {

  private final ResponseInputStream<GetObjectResponse> response;
  private final Pace pace;
  private boolean ended;

  S3ObjectStream(ResponseInputStream<GetObjectResponse> response, Pace pace) {
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
