package dev.fastdeploy.agent.logging;

/** How the libraries think that messages are written. Is not asked. */
public abstract class Formatter {

  Formatter() {}
}
