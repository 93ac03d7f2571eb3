package dev.fastdeploy.agent.reload.module.leftovers;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** Jars of the old release that the JDK keeps open for {@code jar:} URLs. */
final class JarFiles implements Step {

  private static final String FACTORY = "sun.net.www.protocol.jar.JarFileFactory";

  private final JdkInternals jdk;

  JarFiles(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "open jar files";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.initialised(FACTORY)) {
      return found;
    }
    Object factory = jdk.readStatic(FACTORY, "instance");
    if (factory == null || !(jdk.readStatic(FACTORY, "urlCache") instanceof Map<?, ?> cached)) {
      return found;
    }
    Map<Object, Object> jars;
    synchronized (factory) {
      jars = new HashMap<>(cached);
    }
    jars.forEach(
        (jar, url) -> {
          if (jar instanceof JarFile file && url instanceof URL place && isBelow(old, place)) {
            found.add(new Leftover("jar file " + place, () -> close(factory, file)));
          }
        });
    return found;
  }

  private static boolean isBelow(OldGeneration old, URL url) {
    String directory = old.release().toUri().toString().replaceFirst("^file:/+", "/");
    String prefix = directory.endsWith("/") ? directory : directory + "/";
    return url.toString().replaceFirst("^(jar:)?file:/+", "/").startsWith(prefix);
  }

  private void close(Object factory, JarFile file) throws InaccessibleException, IOException {
    jdk.call(FACTORY, factory, "close", List.of(JarFile.class), file);
    file.close();
  }
}
