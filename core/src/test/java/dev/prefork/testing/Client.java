package dev.prefork.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One connection, seen from the client. Waits for nothing longer than {@link Await#BOUND}. */
public final class Client implements AutoCloseable {
  /** What became of a connection. */
  public enum Outcome {
    /** An answer came. */
    ANSWERED,
    /** Nobody listens. */
    REFUSED,
    /** It ended without an answer, by end of file or reset. */
    CUT,
    /** Nothing happened. */
    TIMEOUT
  }

  /**
   * A whole conversation.
   *
   * @param text the answer; empty unless one came
   */
  public record Answer(Outcome outcome, String text) {}

  private final Socket socket;

  private Client(Socket socket) {
    this.socket = socket;
  }

  /** Connects. */
  public static Client connect(InetSocketAddress address) {
    return connect(address, new Socket());
  }

  /** Connects with a receive buffer as small as the kernel allows: a writer is soon stuck. */
  public static Client connectNarrow(InetSocketAddress address) {
    Socket socket = new Socket();
    try {
      socket.setReceiveBufferSize(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connect(address, socket);
  }

  private static Client connect(InetSocketAddress address, Socket socket) {
    try {
      socket.setSoTimeout((int) Await.BOUND.toMillis());
      socket.connect(address, (int) Await.BOUND.toMillis());
      return new Client(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects, sends, reads to end of file; fails unless that works. */
  public static String ask(InetSocketAddress address, String request) {
    try (Client client = connect(address)) {
      return client.send(request).readAll();
    }
  }

  /** Sends requests on one connection and reads until an answer ends as given, or all has. */
  public static String askUntil(InetSocketAddress address, String requests, String end) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.setSoTimeout((int) Await.BOUND.toMillis());
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      int next = socket.getInputStream().read();
      while (next >= 0 && !answer.append((char) next).toString().endsWith(end)) {
        next = socket.getInputStream().read();
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects, sends, reads to end of file, and says how it went. */
  public static Answer attempt(InetSocketAddress address, String request) {
    try {
      String text = ask(address, request);
      return new Answer(text.isEmpty() ? Outcome.CUT : Outcome.ANSWERED, text);
    } catch (UncheckedIOException e) {
      return new Answer(outcomeOf(e), "");
    }
  }

  private static Outcome outcomeOf(UncheckedIOException e) {
    if (e.getCause() instanceof SocketTimeoutException) {
      return Outcome.TIMEOUT;
    }
    return e.getCause() instanceof ConnectException ? Outcome.REFUSED : Outcome.CUT;
  }

  /**
   * Whether a connect is refused at this moment. One that is reset was in the queue when the last
   * listener closed: the next is refused.
   */
  public static boolean refused(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) Await.BOUND.toMillis());
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (SocketException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as UTF-8. */
  public Client send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes. */
  public Client send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shuts down the sending side. */
  public Client end() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one line, without its end; what there was if the file ends first. */
  public String readLine() {
    StringBuilder line = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to end of file. */
  public String readAll() {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end, whichever it is, and says how it was. */
  public Outcome readEnd() {
    try {
      String text = readAll();
      return text.isEmpty() ? Outcome.CUT : Outcome.ANSWERED;
    } catch (UncheckedIOException e) {
      return outcomeOf(e);
    }
  }

  /** Makes the close a reset (SO_LINGER 0). */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
