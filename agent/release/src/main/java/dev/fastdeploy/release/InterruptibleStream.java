package dev.fastdeploy.release;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that asks before each piece whether to go on. For one thread. */
final class InterruptibleStream extends FilterInputStream {

  private final StagingProgress progress;

  InterruptibleStream(InputStream stream, StagingProgress progress) {
    super(stream);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    progress.requireGoOn();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    progress.requireGoOn();
    return super.read(bytes, offset, length);
  }
}
