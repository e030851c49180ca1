package dev.prefork.tomcat;

import dev.prefork.PreforkWorker;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Tells Prefork of every request: method and path, status, bytes, time; and lets clients close
 * their connections while the worker drains. Stands first in the engine: {@code
 * tomcat.getEngine().getPipeline().addValve(new PreforkValve())}, or {@code <Valve
 * className="dev.prefork.tomcat.PreforkValve"/>} in the {@code Engine} of server.xml. In a process
 * that is no worker of Prefork it does nothing.
 *
 * <p>It is an access log too, because only that is told of a request's end whatever the request
 * was: asynchronous, failed, or gone.
 */
public final class PreforkValve extends ValveBase implements AccessLog {
  private static final String SERVED = "dev.prefork.served";
  private static final int GONE = 0;
  private static final String HTTP_1 = "HTTP/1.";

  private final @Nullable PreforkWorker worker;

  /** Reports to this process's worker, if it is one. */
  public PreforkValve() {
    this(PreforkWorker.current().orElse(null));
  }

  PreforkValve(@Nullable PreforkWorker worker) {
    super(true); // asynchronous requests too
    this.worker = worker;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (worker == null) {
      getNext().invoke(request, response);
      return;
    }
    // Without the query: it may hold what no log should.
    String label = request.getMethod() + " " + request.getRequestURI();
    request.setAttribute(SERVED, worker.begin(peer(request), label));
    closeIfDraining(worker, request, response);
    getNext().invoke(request, response);
    closeIfDraining(worker, request, response); // it may drain only since
  }

  /** Not for HTTP/2, which has no such field: Tomcat says GOAWAY there, when it is stopped. */
  private static void closeIfDraining(PreforkWorker worker, Request request, Response response) {
    boolean http1 = String.valueOf(request.getProtocol()).startsWith(HTTP_1);
    if (http1 && worker.draining() && !response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
  }

  /** A connection to a path has no address. */
  private static SocketAddress peer(Request request) throws IOException {
    String address = request.getRemoteAddr();
    return address == null
        ? UnixDomainSocketAddress.of("")
        : new InetSocketAddress(InetAddress.getByName(address), request.getRemotePort());
  }

  /** A request is over, and its answer written. */
  @Override
  public void log(Request request, Response response, long time) {
    // None for what was refused before it came here.
    if (request.getAttribute(SERVED) instanceof PreforkWorker.Served served) {
      boolean gone = response.getCoyoteResponse().getErrorException() instanceof IOException;
      served.end(
          gone ? GONE : response.getStatus(),
          request.getCoyoteRequest().getBytesRead(),
          response.getBytesWritten(false));
    }
  }

  @Override
  public boolean getRequestAttributesEnabled() {
    return false;
  }

  /** Changes nothing: the peer is who has connected. */
  @Override
  public void setRequestAttributesEnabled(boolean enabled) {
    // as it says
  }
}
