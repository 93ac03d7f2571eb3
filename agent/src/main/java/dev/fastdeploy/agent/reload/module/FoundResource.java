package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import org.jboss.modules.Resource;

/** A resource of a class path. It is opened only when it is read. */
record FoundResource(String name, URL url, long size, Opener opener) implements Resource {

  /** Opens its contents. */
  interface Opener {
    InputStream open() throws IOException;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public InputStream openStream() throws IOException {
    return opener.open();
  }

  @Override
  public long getSize() {
    return size;
  }
}
