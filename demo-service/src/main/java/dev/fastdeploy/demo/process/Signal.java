package dev.fastdeploy.demo.process;

/** The signals that can be sent to a process. */
public enum Signal {
  TERM,
  INT,
  HUP,
  QUIT,
  USR1,
  USR2,
  WINCH,
  STOP,
  CONT,
  KILL
}
