package dev.fastdeploy.agent.reload.redefine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds threads that are inside a changed method, and finish it with the old code. The JVM does not
 * list virtual threads.
 */
final class BusyThreads {

  private final Map<String, ChangedClass> changes = new HashMap<>();

  BusyThreads(List<LoadedClass> classes) {
    classes.forEach(loaded -> changes.put(loaded.change().name(), loaded.change()));
  }

  /** Returns one line for each, with the outermost frame that is in such a method. */
  List<String> find() {
    List<String> lines = new ArrayList<>();
    if (!changes.isEmpty()) {
      Thread.getAllStackTraces()
          .forEach(
              (thread, stack) -> oldMethod(stack).ifPresent(in -> lines.add(line(thread, in))));
    }
    return lines;
  }

  private static String line(Thread thread, String method) {
    return "the thread '"
        + thread.getName()
        + "' is inside "
        + method
        + ", and leaves it with the old code";
  }

  /** Searches from the outermost frame, which is left last. */
  private Optional<String> oldMethod(StackTraceElement[] stack) {
    for (int i = stack.length - 1; i >= 0; i--) {
      ChangedClass change = changes.get(stack[i].getClassName());
      if (change != null) {
        for (ChangedMethod method : change.methods()) {
          if (method.has(stack[i])) {
            return Optional.of(change.name() + ": " + method.text());
          }
        }
      }
    }
    return Optional.empty();
  }
}
