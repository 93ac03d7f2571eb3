package dev.fastdeploy.servers;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Sends each message of a WebSocket back. */
@ServerEndpoint("/echo")
public final class TomcatEcho {

  /** Made by the server. */
  public TomcatEcho() {}

  /** Returns the answer to a message. */
  @OnMessage
  public String echo(String message) {
    return message;
  }
}
