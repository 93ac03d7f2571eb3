package dev.fastdeploy.agent.reload.redefine;

import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** What another agent may do: replaces a text in a class by one of the same length. */
final class Replacing implements ClassFileTransformer {

  private final String className;
  private final String text;
  private final String by;

  Replacing(String className, String text, String by) {
    this.className = className.replace('.', '/');
    this.text = text;
    this.by = by;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    return className.equals(name) ? of(bytes) : null;
  }

  /** The class with the other text; nothing if it does not have the text. */
  byte @Nullable [] of(byte[] bytes) {
    String content = new String(bytes, StandardCharsets.ISO_8859_1);
    return content.contains(text)
        ? content.replace(text, by).getBytes(StandardCharsets.ISO_8859_1)
        : null;
  }
}
