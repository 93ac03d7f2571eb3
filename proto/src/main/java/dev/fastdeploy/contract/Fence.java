package dev.fastdeploy.contract;

/**
 * The newest deploy of a fleet that an instance has heard of. Requests of an older one come late:
 * their owner has been followed by another, and may not know it.
 *
 * @param app the application whose deploy it is
 * @param environment the environment that it is deployed to
 * @param epoch its number in their record
 * @param sequence the highest of a request that was taken with this epoch; 0 if none was
 */
public record Fence(String app, EnvironmentName environment, long epoch, long sequence) {

  /** A record counts no further: nine digits name an epoch there. */
  public static final int HIGHEST_EPOCH = 999_999_999;

  /**
   * @throws IllegalArgumentException if the epoch is not above 0
   */
  public Fence {
    if (epoch <= 0) {
      throw new IllegalArgumentException("the epoch " + epoch + " is not above 0");
    }
  }

  /** Whether it is of a record. */
  public boolean isOf(String ofApp, EnvironmentName ofEnvironment) {
    return app.equals(ofApp) && environment.equals(ofEnvironment);
  }

  /** A request was taken with this epoch. */
  public Fence took(long newest) {
    return new Fence(app, environment, epoch, newest);
  }
}
