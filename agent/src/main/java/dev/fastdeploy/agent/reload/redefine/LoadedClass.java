package dev.fastdeploy.agent.reload.redefine;

/**
 * A class of this JVM that comes from a file that changed.
 *
 * @param type the class
 * @param change what changed
 */
record LoadedClass(Class<?> type, ChangedClass change) {}
