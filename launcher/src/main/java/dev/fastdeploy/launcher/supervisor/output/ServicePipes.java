package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.util.Optional;

/**
 * The pipes of one process.
 *
 * @param out for its standard output; empty if {@link ProcessBuilder}'s own must be used
 * @param err for its standard error; empty if {@link ProcessBuilder}'s own must be used
 */
public record ServicePipes(Optional<OutputPipe> out, Optional<OutputPipe> err)
    implements AutoCloseable {

  /** Makes the pipes. Must be called from the main thread, see {@link OutputPipe#create}. */
  public static ServicePipes create() throws IOException {
    return new ServicePipes(OutputPipe.create(), OutputPipe.create());
  }

  /** Returns true if neither stream needs {@link ProcessBuilder}'s own. */
  boolean complete() {
    return out.isPresent() && err.isPresent();
  }

  @Override
  public void close() throws IOException {
    if (out.isPresent()) {
      out.get().close();
    }
    if (err.isPresent()) {
      err.get().close();
    }
  }
}
