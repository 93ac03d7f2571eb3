package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Calls its constructor by a method handle, so often that the JDK makes a class for that. */
public final class MethodHandleApp implements Runnable {

  private static final int OFTEN = 1000;

  @Override
  public void run() {
    try {
      MethodHandle handle =
          MethodHandles.lookup()
              .findConstructor(MethodHandleApp.class, MethodType.methodType(void.class));
      for (int i = 0; i < OFTEN; i++) {
        MethodHandleApp unused = (MethodHandleApp) handle.invokeExact();
      }
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
