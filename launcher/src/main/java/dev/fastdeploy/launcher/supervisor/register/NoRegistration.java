package dev.fastdeploy.launcher.supervisor.register;

import java.util.function.BiConsumer;

/** No registration, for an instance that is listed in another way, or not at all. */
record NoRegistration() implements Registration {

  @Override
  public void start(String zone, BiConsumer<String, Runnable> threads) {
    // There is nothing to keep.
  }

  @Override
  public void leave() {
    // There is nothing to take out.
  }

  @Override
  public void close() {
    // Nothing is under way.
  }
}
