package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Editors that were registered for classes of the JDK, held weakly: until the old loader is
 * collected the next generation would get them.
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
        for (Object type : editedByOld(registry, old)) {
          synchronized (registry) {
            jdk.call(CACHE, registry, "put", List.of(Object.class, Object.class), type, null);
          }
        }
      }
    }
  }

  private List<Object> editedByOld(Object registry, OldGeneration old)
      throws InaccessibleException {
    List<Object> types = new ArrayList<>();
    if (jdk.read(CACHE, registry, "map") instanceof Map<?, ?> editors) {
      synchronized (registry) {
        editors.forEach(
            (type, editor) -> {
              if (editor instanceof Reference<?> held && old.owns(held.get())) {
                types.add(type);
              }
            });
      }
    }
    return types;
  }
}
