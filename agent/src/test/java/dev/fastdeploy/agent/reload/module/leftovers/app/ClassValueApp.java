package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Computes something for a class of the JDK. */
public final class ClassValueApp implements Runnable {

  private static final ClassValue<ClassValueApp> VALUES =
      new ClassValue<>() {
        @Override
        protected ClassValueApp computeValue(Class<?> type) {
          return new ClassValueApp();
        }
      };

  @Override
  public void run() {
    VALUES.get(String.class);
  }
}
