package dev.prefork.jetty;

import dev.prefork.PreforkWorker;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Tells Prefork of every request: method and path, status, bytes, time; and lets clients close
 * their connections while the worker drains. Stands before all other handlers: {@code
 * server.insertHandler(new PreforkHandler())}. In a process that is no worker of Prefork it does
 * nothing.
 */
public final class PreforkHandler extends Handler.Wrapper {
  private final @Nullable PreforkWorker worker;

  /** Reports to this process's worker, if it is one. */
  public PreforkHandler() {
    this(PreforkWorker.current().orElse(null));
  }

  PreforkHandler(@Nullable PreforkWorker worker) {
    this.worker = worker;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (worker != null) {
      SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
      // Without the query: it may hold what no log should.
      String label = request.getMethod() + " " + request.getHttpURI().getPath();
      PreforkWorker.Served reported = worker.begin(peer, label);
      boolean http1 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
      request.addHttpStreamWrapper(stream -> new ReportingStream(stream, worker, reported, http1));
    }
    return super.handle(request, response, callback);
  }
}
