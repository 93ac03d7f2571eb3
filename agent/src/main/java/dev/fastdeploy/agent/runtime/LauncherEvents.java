package dev.fastdeploy.agent.runtime;

/** What the launcher tells by itself. Called on the thread that receives. */
interface LauncherEvents {

  /** It was told to stop. */
  void stopping();

  /** It changed the home's state. */
  void stateChanged();

  /** It has gone. Not called when this side closes the channel. */
  void gone();

  /** The launcher asks where the service's classes come from. */
  void askedForClasses();
}
