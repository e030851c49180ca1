package dev.prefork.programs;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;

/** Helidon, a virtual thread to each connection. */
public final class HelidonServer {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private HelidonServer() {}

  public static void main(String[] args) {
    var _ =
        WebServer.builder()
            .host("0.0.0.0")
            .port(Integer.parseInt(args[0]))
            .shutdownGracePeriod(GRACE)
            .routing(
                HttpRouting.builder()
                    .any((request, response) -> response.send(Answers.to(request.path().path()))))
            .build()
            .start();
  }
}
