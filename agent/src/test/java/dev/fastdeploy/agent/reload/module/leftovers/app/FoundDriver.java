package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.sql.DriverManager;
import java.sql.SQLException;

/** A JDBC driver that nothing but its entry for {@code ServiceLoader} names. */
public final class FoundDriver extends LabDriver {

  static {
    try {
      DriverManager.registerDriver(new FoundDriver());
    } catch (SQLException failure) {
      throw new ExceptionInInitializerError(failure);
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith("jdbc:lab:");
  }
}
