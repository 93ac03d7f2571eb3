package dev.fastdeploy.agent.reload.redefine;

import java.util.List;

/**
 * A class whose file differs between two releases, in bodies or in debug information alone.
 *
 * @param file where it lies in both
 * @param name as {@link Class#getName} has it
 * @param methods whose bodies differ; none if only debug information does
 */
record ChangedClass(ClassFile file, String name, List<ChangedMethod> methods) {

  ChangedClass {
    methods = List.copyOf(methods);
  }
}
