package dev.fastdeploy.agent.logging;

/** The layout of messages, as far as the libraries know. Never used. */
public abstract class Formatter {

  Formatter() {}
}
