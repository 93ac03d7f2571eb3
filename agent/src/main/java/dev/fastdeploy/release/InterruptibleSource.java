package dev.fastdeploy.release;

import java.io.FilterInputStream;
import java.io.IOException;

/** A source that asks before each piece of content whether to go on. For one thread. */
final class InterruptibleSource implements ReleaseSource {

  private final ReleaseSource source;
  private final StagingProgress progress;

  InterruptibleSource(ReleaseSource source, StagingProgress progress) {
    this.source = source;
    this.progress = progress;
  }

  @Override
  public ReleaseManifest manifest() throws IOException {
    progress.requireGoOn();
    return source.manifest();
  }

  @Override
  public void read(Sink sink) throws IOException {
    source.read(
        (file, content) ->
            sink.accept(
                file,
                new FilterInputStream(content) {
                  @Override
                  public int read(byte[] bytes, int offset, int length) throws IOException {
                    progress.requireGoOn();
                    return super.read(bytes, offset, length);
                  }
                }));
  }
}
