package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.security.Provider;
import java.security.Security;

/** Adds a security provider, before those of the JDK. */
public final class ProviderApp implements Runnable {

  @Override
  public void run() {
    Security.insertProviderAt(new AppProvider(), 1);
  }

  private static final class AppProvider extends Provider {
    private static final long serialVersionUID = 1;

    AppProvider() {
      super("App", "1", "of the application");
    }
  }
}
