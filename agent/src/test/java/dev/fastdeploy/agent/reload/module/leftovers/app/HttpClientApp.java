package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.net.Authenticator;
import java.net.http.HttpClient;

/** Keeps an HTTP client. */
public final class HttpClientApp implements Runnable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().authenticator(new Authenticator() {}).build();

  @Override
  public void run() {
    if (CLIENT.authenticator().isEmpty()) {
      throw new IllegalStateException("not the client that was asked for");
    }
  }
}
