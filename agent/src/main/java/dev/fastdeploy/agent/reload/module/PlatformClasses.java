package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.modules.LocalLoader;
import org.jboss.modules.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the platform's loader beyond the JDK's modules, such as those that another agent
 * appended to the boot loader.
 */
final class PlatformClasses implements LocalLoader {

  private final ClassLoader platform = ClassLoader.getPlatformClassLoader();

  @Override
  public @Nullable Class<?> loadClassLocal(String name, boolean resolve) {
    try {
      return platform.loadClass(name);
    } catch (ClassNotFoundException missing) {
      return null;
    }
  }

  @Override
  public @Nullable Package loadPackageLocal(String name) {
    return platform.getDefinedPackage(name);
  }

  @Override
  public List<Resource> loadResourceLocal(String name) {
    List<Resource> found = new ArrayList<>();
    try {
      for (URL url : Collections.list(platform.getResources(name))) {
        // The modules' own resources were found in the modules.
        if (!url.getProtocol().equals("jrt")) {
          found.add(new FoundResource(name, url, 0, url::openStream));
        }
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    return found;
  }
}
