package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.Reference;
import java.util.Map;

/**
 * Editors that were registered for classes of the JDK, held weakly. Until the old loader is
 * collected, the next generation would get them.
 */
final class PropertyEditors implements Saved {

  private static final String CACHE = "com.sun.beans.WeakCache";
  private static final String FINDER = "com.sun.beans.finder.PropertyEditorFinder";

  private final JdkInternals jdk;

  PropertyEditors(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "property editors";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    for (Object context : new BeanInfos(jdk).contexts()) {
      Object finder = jdk.read(BeanInfos.CONTEXT, context, "propertyEditorFinder");
      if (finder != null) {
        Object registry = jdk.readPresent(FINDER, finder, "registry");
        if (jdk.read(CACHE, registry, "map") instanceof Map<?, ?> editors) {
          synchronized (registry) {
            editors.values().removeIf(each -> each instanceof Reference<?> held && isOf(old, held));
          }
        }
      }
    }
  }

  private static boolean isOf(OldGeneration old, Reference<?> editor) {
    return old.owns(editor.get());
  }
}
