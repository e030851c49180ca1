package dev.prefork.cli;

import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Sends back what it gets. */
@ServerEndpoint("/echo")
public final class WarEcho {
  /** For the container. */
  public WarEcho() {}

  /** One message. */
  @OnMessage
  public String message(String text) {
    return text;
  }

  /** As at the end of an idle connection; without it, Jetty logs where that was found. */
  @OnError
  public void error(Throwable cause) {}
}
