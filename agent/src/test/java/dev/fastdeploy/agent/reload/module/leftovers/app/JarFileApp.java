package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;

/** Reads an entry of a jar of its release by a URL. */
public final class JarFileApp implements Runnable {

  @Override
  public void run() {
    try (InputStream in =
        new URL("jar:file:" + System.getProperty("lab.release") + "/lib.jar!/entry").openStream()) {
      in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
