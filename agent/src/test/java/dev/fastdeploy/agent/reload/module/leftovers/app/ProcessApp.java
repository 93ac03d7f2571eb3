package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Waits for the end of a process. */
public final class ProcessApp implements Runnable {

  @Override
  public void run() {
    try {
      Process process = new ProcessBuilder("cat").start();
      CompletableFuture<Void> unused = process.onExit().thenRun(() -> {});
      System.getProperties().put("lab.process", process);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
