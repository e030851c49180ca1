package dev.prefork.programs;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Jetty. Its stop closes what is kept, and waits; its GracefulHandler would answer 503. */
public final class JettyServer {
  private static final long GRACE_MS = 10_000;

  private JettyServer() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server(Integer.parseInt(args[0]));
    server.setHandler(new Pid());
    server.setStopTimeout(GRACE_MS);
    server.setStopAtShutdown(true);
    server.start();
  }

  private static final class Pid extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, Answers.to(request.getHttpURI().getPath()), callback);
      return true;
    }
  }
}
