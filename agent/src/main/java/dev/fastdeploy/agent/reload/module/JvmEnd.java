package dev.fastdeploy.agent.reload.module;

/** Ends the JVM, when the release that runs for good asks for it. */
public interface JvmEnd {

  /** As {@link System#exit}: runs the shutdown hooks. Does not return. */
  void exit(int code);

  /** As {@link Runtime#halt}. Does not return. */
  void halt(int code);
}
