package dev.fastdeploy.contract;

/**
 * The newest deploy of a fleet that an instance has heard of. Requests of an older one are late:
 * another deploy has taken over from their owner, who may not know it.
 *
 * @param app the application whose deploy it is
 * @param environment the environment that it is deployed to
 * @param epoch its number in their record
 * @param sequence the highest sequence accepted with this epoch; 0 if none was
 */
public record Fence(String app, EnvironmentName environment, long epoch, long sequence) {

  /** The highest epoch: a record names it by nine digits. */
  public static final int HIGHEST_EPOCH = 999_999_999;

  /**
   * @throws IllegalArgumentException if the epoch is not above 0
   */
  public Fence {
    if (epoch <= 0) {
      throw new IllegalArgumentException("the epoch " + epoch + " is not above 0");
    }
  }

  /** Returns true if it belongs to a record. */
  public boolean isOf(String ofApp, EnvironmentName ofEnvironment) {
    return app.equals(ofApp) && environment.equals(ofEnvironment);
  }

  /** Returns a copy that records an accepted request with this epoch. */
  public Fence took(long newest) {
    return new Fence(app, environment, epoch, newest);
  }
}
