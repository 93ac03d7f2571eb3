package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** Makes a protocol known to the JVM and uses it. */
public final class UrlHandlerApp implements Runnable {

  @Override
  public void run() {
    URL.setURLStreamHandlerFactory(protocol -> protocol.equals("lab") ? new Handler() : null);
    try {
      URL unused = new URL("lab:something");
    } catch (MalformedURLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class Handler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException("nothing there");
    }
  }
}
