package dev.fastdeploy.agent.runtime;

/** Receives what the launcher sends unasked. Called on the receiving thread. */
interface LauncherEvents {

  /** The launcher was told to stop. */
  void stopping();

  /** The launcher changed the home's state. */
  void stateChanged();

  /** The launcher has gone. Not called when this side closes the channel. */
  void gone();

  /**
   * The launcher tells whether it would hold the service's listeners at a reload.
   *
   * @param because why it would not; empty if it would
   */
  void notHolding(String because);

  /** The launcher asks where the service's classes come from. */
  void askedForClasses();
}
