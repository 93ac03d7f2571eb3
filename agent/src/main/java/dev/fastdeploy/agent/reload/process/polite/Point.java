package dev.fastdeploy.agent.reload.process.polite;

import java.util.function.Consumer;

/**
 * A method of a server's class, and the code that is inserted at its entry. Names are internal
 * ones, as in the server's own jar; a shaded copy has them with a prefix.
 *
 * @param server the name for people
 * @param sign a class that is loaded where the server is in use, and hardly elsewhere
 * @param type the class that declares the method
 * @param method its name
 * @param parameters the beginning of its descriptor
 * @param code writes the code
 */
record Point(
    String server,
    String sign,
    String type,
    String method,
    String parameters,
    Consumer<EntryCode> code) {

  /** Returns true if a method is the one to change. */
  boolean isAt(String prefix, String name, String descriptor) {
    return name.equals(method) && descriptor.startsWith(Shading.descriptor(prefix, parameters));
  }
}
