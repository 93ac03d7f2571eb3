package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** Registers a JDBC driver. */
public final class DriverApp implements Runnable {

  @Override
  public void run() {
    try {
      DriverManager.registerDriver(
          new AppDriver(), () -> System.setProperty("lab.driver", "deregistered"));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class AppDriver implements Driver {
    @Override
    public Connection connect(String url, Properties info) {
      return null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
