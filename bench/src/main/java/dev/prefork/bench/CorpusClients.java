package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a corpus to a server on 127.0.0.1, in a closed loop: each client sends the next document
 * once its last one is over, however it went. None is sent twice: but where nobody listens, and
 * where a server says by 503 that it takes none now, a document has not been sent yet, and waits.
 */
final class CorpusClients {
  /** A document that is not over by then is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final InetSocketAddress server;
  private final List<Document> corpus;
  private final boolean turnsAway;
  private final Duration patience;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Extraction> done = Collections.synchronizedList(new ArrayList<>());
  private final long startNs = System.nanoTime();
  private volatile @Nullable IOException ownFailure;

  private CorpusClients(int port, List<Document> corpus, boolean turnsAway, Duration patience) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.corpus = corpus;
    this.turnsAway = turnsAway;
    this.patience = patience;
  }

  /**
   * Sends all of it.
   *
   * @param turnsAway whether this server's 503 means that it takes no document now
   * @return in the order in which they were over
   * @throws PreforkException if this side failed: no descriptors or no ports left
   */
  static List<Extraction> send(List<Document> corpus, int port, int clients, boolean turnsAway) {
    return send(corpus, port, clients, turnsAway, PATIENCE);
  }

  /** The same, for servers that answer sooner or never. */
  static List<Extraction> send(
      List<Document> corpus, int port, int clients, boolean turnsAway, Duration patience) {
    CorpusClients all = new CorpusClients(port, corpus, turnsAway, patience);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(Thread.ofPlatform().daemon().name("client-" + i).start(all::sendWhatIsLeft));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    }
    if (all.ownFailure != null) {
      throw new PreforkException(
          ExitStatus.FAILED, "the clients failed, their figures are void: " + all.ownFailure);
    }
    return List.copyOf(all.done);
  }

  private void sendWhatIsLeft() {
    for (int i = next.getAndIncrement(); i < corpus.size(); i = next.getAndIncrement()) {
      try {
        done.add(extraction(corpus.get(i)));
      } catch (IOException e) {
        ownFailure = e;
        return;
      }
    }
  }

  private double nowS() {
    return (System.nanoTime() - startNs) / 1e9;
  }

  private Extraction extraction(Document document) throws IOException {
    double startS = nowS();
    double takenS = startS;
    Optional<Outcome> outcome = sendOnce(document);
    while (outcome.isEmpty() && nowS() < startS + patience.toNanos() / 1e9) {
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
      takenS = nowS();
      outcome = sendOnce(document);
    }
    double endS = nowS();
    return outcome.isPresent()
        ? new Extraction(document.kind(), startS, takenS, endS, outcome.get())
        : new Extraction(document.kind(), startS, endS, endS, Outcome.REFUSED);
  }

  /** Empty if nobody took it. */
  private Optional<Outcome> sendOnce(Document document) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(server, (int) patience.toMillis());
      socket.getOutputStream().write(document.request());
      byte[] answer = socket.getInputStream().readAllBytes();
      return turnsAway && Document.isTurnedAway(answer)
          ? Optional.empty()
          : Optional.of(document.outcomeOf(answer));
    } catch (IOException e) {
      Outcome outcome = Outcome.of(e).orElseThrow(() -> e);
      return Optional.of(outcome).filter(one -> one != Outcome.REFUSED);
    }
  }
}
