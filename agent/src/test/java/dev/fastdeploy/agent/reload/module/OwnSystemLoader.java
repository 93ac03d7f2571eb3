package dev.fastdeploy.agent.reload.module;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** A system class loader as an application may name one. */
public final class OwnSystemLoader extends URLClassLoader {

  /** Called by the JVM. */
  public OwnSystemLoader(ClassLoader parent) {
    super(new URL[0], parent);
  }

  /** Called by the JVM, with the jar of an agent. */
  void appendToClassPathForInstrumentation(String path) throws MalformedURLException {
    addURL(Path.of(path).toUri().toURL());
  }
}
