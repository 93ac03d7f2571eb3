package dev.fastdeploy.agent.reload.redefine;

import java.util.List;

/**
 * A class whose file differs between two releases, only in bodies or in debug information.
 *
 * @param file its place, the same in both
 * @param name as in {@link Class#getName}
 * @param methods methods whose bodies differ; empty if only debug information does
 */
record ChangedClass(ClassFile file, String name, List<ChangedMethod> methods) {

  ChangedClass {
    methods = List.copyOf(methods);
  }
}
