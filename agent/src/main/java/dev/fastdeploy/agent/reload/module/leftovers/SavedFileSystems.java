package dev.fastdeploy.agent.reload.module.leftovers;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * File systems in zip files and jars that were already open. One that a generation opened and left
 * is closed, since otherwise its file could not be opened this way again.
 */
final class SavedFileSystems implements Saved {

  private static final String PROVIDER = "jdk.nio.zipfs.ZipFileSystemProvider";
  private static final String INSTALLED = "java.nio.file.spi.FileSystemProvider";

  private final JdkInternals jdk;
  private final Set<Object> before = Collections.newSetFromMap(new IdentityHashMap<>());

  SavedFileSystems(JdkInternals jdk) throws InaccessibleException {
    this.jdk = jdk;
    this.before.addAll(open());
  }

  @Override
  public String about() {
    return "zip file systems";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    for (Object each : open()) {
      if (!before.contains(each) && each instanceof Closeable system) {
        try {
          system.close();
        } catch (IOException failure) {
          throw new InaccessibleException(each + " cannot be closed: " + failure.getMessage());
        }
      }
    }
  }

  private List<Object> open() throws InaccessibleException {
    List<Object> open = new ArrayList<>();
    if (jdk.initialised(PROVIDER)
        && jdk.initialised(INSTALLED)
        && jdk.readStatic(INSTALLED, "installedProviders") instanceof List<?> providers) {
      for (Object provider : providers) {
        if (provider.getClass().getName().equals(PROVIDER)
            && jdk.read(PROVIDER, provider, "filesystems") instanceof Map<?, ?> systems) {
          synchronized (systems) {
            open.addAll(systems.values());
          }
        }
      }
    }
    return open;
  }
}
