package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Registers a JDBC driver. */
public final class DriverApp implements Runnable {

  @Override
  public void run() {
    try {
      DriverManager.registerDriver(
          new LabDriver(), () -> System.setProperty("lab.driver", "deregistered"));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
