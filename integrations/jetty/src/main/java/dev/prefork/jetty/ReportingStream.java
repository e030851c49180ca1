package dev.prefork.jetty;

import dev.prefork.PreforkWorker;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One exchange on its way through Jetty: bodies are counted, the answer's head is looked at. */
final class ReportingStream extends HttpStream.Wrapper {
  private static final int GONE = 0;

  private final PreforkWorker worker;
  private final PreforkWorker.Served reported;
  private final boolean closable;
  private int status = GONE;
  private long received;
  private long sent;

  /**
   * Follows a request that has begun.
   *
   * @param closable whether {@code Connection: close} means something to the peer
   */
  ReportingStream(
      HttpStream wrapped, PreforkWorker worker, PreforkWorker.Served reported, boolean closable) {
    super(wrapped);
    this.worker = worker;
    this.reported = reported;
    this.closable = closable;
  }

  /** Not for HTTP/2, which has no such field: Jetty says GOAWAY there, when it is stopped. */
  @Override
  public void prepareResponse(HttpFields.Mutable headers) {
    if (closable && worker.draining()) {
      headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    super.prepareResponse(headers);
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      received += chunk.remaining();
    }
    return chunk;
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    if (content != null) {
      sent += content.remaining();
    }
    if (response != null && !HttpStatus.isInterim(response.getStatus())) {
      status = response.getStatus();
    }
    super.send(request, response, last, content, callback);
  }

  @Override
  public void succeeded() {
    reported.end(status, received, sent);
    super.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    reported.end(GONE, received, sent);
    super.failed(failure);
  }
}
