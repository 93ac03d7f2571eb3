package dev.fastdeploy.agent.reload.redefine;

import java.util.Set;

/**
 * A method whose body differs between two releases.
 *
 * @param name as in the class file
 * @param text for a person, with its types
 * @param lines the lines of its old body; empty if the class file has no line numbers
 */
record ChangedMethod(String name, String text, Set<Integer> lines) {

  ChangedMethod {
    lines = Set.copyOf(lines);
  }

  /** Returns true if a frame of that name is in this method, not in another of the same name. */
  boolean has(StackTraceElement frame) {
    return frame.getMethodName().equals(name)
        && (frame.getLineNumber() < 0 || lines.isEmpty() || lines.contains(frame.getLineNumber()));
  }
}
