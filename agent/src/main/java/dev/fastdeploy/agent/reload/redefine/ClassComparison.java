package dev.fastdeploy.agent.reload.redefine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two versions of a class. Only bodies may differ, and not all of them. */
final class ClassComparison {

  private static final CallSite NO_CALL = new CallSite("", "");

  private final ClassOutline old;
  private final ClassOutline newer;

  private ClassComparison(ClassOutline old, ClassOutline newer) {
    this.old = old;
    this.newer = newer;
  }

  /**
   * Compares them.
   *
   * @param file the place of both
   * @throws DifferenceException if anything but a body differs, or a body that must not
   */
  static ChangedClass compare(ClassFile file, byte[] was, byte[] is) throws DifferenceException {
    String path = file.pathOfClass();
    ClassOutline old = read(path, was);
    String root = rootOf(path, old.name());
    String place = (root.isEmpty() ? "" : root + ": ") + "class " + old.name();
    try {
      ClassComparison comparison = new ClassComparison(old, ClassOutline.of(is));
      return new ChangedClass(file, old.name(), comparison.compare());
    } catch (DifferenceException difference) {
      throw difference.in(place);
    }
  }

  private static ClassOutline read(String path, byte[] bytes) throws DifferenceException {
    try {
      return ClassOutline.of(bytes);
    } catch (DifferenceException unreadable) {
      throw unreadable.in(Content.named(path));
    }
  }

  /** Returns where the packages begin. A class elsewhere is loaded in some way of its own. */
  private static String rootOf(String path, String className) throws DifferenceException {
    String inside = className.replace('.', '/') + ".class";
    if (path.equals(inside)) {
      return "";
    }
    if (!path.endsWith("/" + inside)) {
      throw new DifferenceException(
          Content.named(path) + " changed, and does not lie where its name " + className + " says");
    }
    return path.substring(0, path.length() - inside.length() - 1);
  }

  private List<ChangedMethod> compare() throws DifferenceException {
    if (!newer.name().equals(old.name())) {
      throw new DifferenceException("it is the class " + newer.name() + " now");
    }
    requireSame("", old.traits(), newer.traits());
    requireSameFields("record component", old.components(), newer.components());
    requireSameFields("field", old.fields(), newer.fields());
    requireSameMethods();
    return changedBodies();
  }

  private static void requireSame(String what, Traits old, Traits newer)
      throws DifferenceException {
    Optional<String> difference = old.firstDifference(newer);
    if (difference.isPresent()) {
      throw new DifferenceException(what + difference.get());
    }
  }

  private static void requireSameFields(
      String kind, Map<String, FieldOutline> old, Map<String, FieldOutline> newer)
      throws DifferenceException {
    for (Map.Entry<String, FieldOutline> field : old.entrySet()) {
      String text = kind + " '" + field.getValue().text() + "'";
      FieldOutline now = newer.get(field.getKey());
      if (now == null) {
        throw new DifferenceException(text + " was removed");
      }
      requireSame(text + ": ", field.getValue().traits(), now.traits());
    }
    for (Map.Entry<String, FieldOutline> field : newer.entrySet()) {
      if (!old.containsKey(field.getKey())) {
        throw new DifferenceException(kind + " '" + field.getValue().text() + "' was added");
      }
    }
    requireSameOrder(kind, old, newer);
  }

  private void requireSameMethods() throws DifferenceException {
    for (Map.Entry<String, MethodOutline> method : old.methods().entrySet()) {
      MethodOutline now = newer.methods().get(method.getKey());
      if (now == null) {
        throw new DifferenceException(method.getValue().text() + " was removed");
      }
      requireSame(method.getValue().text() + ": ", method.getValue().traits(), now.traits());
    }
    for (Map.Entry<String, MethodOutline> method : newer.methods().entrySet()) {
      if (!old.methods().containsKey(method.getKey())) {
        throw new DifferenceException(method.getValue().text() + " was added");
      }
    }
    requireSameOrder("method", old.methods(), newer.methods());
  }

  /**
   * Requires the same order of declarations: the compiler numbers what it generates by it, and
   * reflection shows it.
   */
  private static void requireSameOrder(String kind, Map<String, ?> old, Map<String, ?> newer)
      throws DifferenceException {
    List<String> before = List.copyOf(old.keySet());
    List<String> after = List.copyOf(newer.keySet());
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        throw new DifferenceException(
            kind
                + " number "
                + (i + 1)
                + " changed"
                + Traits.fromTo(before.get(i), after.get(i))
                + ": they have another order");
      }
    }
  }

  private List<ChangedMethod> changedBodies() throws DifferenceException {
    List<ChangedMethod> changed = new ArrayList<>();
    for (Map.Entry<String, MethodOutline> entry : old.methods().entrySet()) {
      MethodOutline before = entry.getValue();
      MethodOutline after = newer.methods().get(entry.getKey());
      if (after != null && !before.body().equals(after.body())) {
        requireReplaceable(before, after);
        changed.add(
            new ChangedMethod(
                before.name(), Words.method(before.name(), before.descriptor()), before.lines()));
      }
    }
    return changed;
  }

  private void requireReplaceable(MethodOutline before, MethodOutline after)
      throws DifferenceException {
    if (before.isStaticInitialiser()) {
      throw new DifferenceException("the static initialiser changed, and it would not run again");
    }
    if (before.isSynthetic()) {
      throw new DifferenceException(
          "the synthetic "
              + before.text()
              + " changed: the body of a lambda, which objects made before would run by its"
              + " number");
    }
    if (old.insideMethod()) {
      throw new DifferenceException(
          before.text()
              + " changed, and the class is anonymous or local: objects made before would run by"
              + " its number");
    }
    requireSameCallSites(before, after);
  }

  private static void requireSameCallSites(MethodOutline before, MethodOutline after)
      throws DifferenceException {
    List<CallSite> old = before.callSites();
    List<CallSite> newer = after.callSites();
    for (int i = 0; i < Math.max(old.size(), newer.size()); i++) {
      CallSite was = i < old.size() ? old.get(i) : NO_CALL;
      CallSite is = i < newer.size() ? newer.get(i) : NO_CALL;
      if (!was.equals(is)) {
        boolean sameCall = was.call().equals(is.call());
        throw new DifferenceException(
            before.text()
                + ": invokedynamic number "
                + (i + 1)
                + " (lambda, method reference, string concatenation) changed"
                + (sameCall
                    ? Traits.fromTo(was.bootstrap(), is.bootstrap())
                    : Traits.fromTo(was.call(), is.call())));
      }
    }
  }
}
