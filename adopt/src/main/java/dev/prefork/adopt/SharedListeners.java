package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Descriptors.Interest;
import dev.prefork.scoreboard.ProgramLine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions of the JDK's rewritten sockets: {@link Question}. What concerns a listener
 * of the supervisor is done here, all else as ever.
 */
final class SharedListeners implements Function<Object[], @Nullable Object> {
  /** What an accept returns that finds nothing: the JDK's IOStatus. */
  private static final int UNAVAILABLE = -2;

  private final List<SharedListener> all;
  private final StartProgress progress;
  private final OpenConnections connections;
  private final Runnable ready;
  private boolean admitted;
  private boolean closed;

  /**
   * Knows what is shared.
   *
   * @param progress told what the program binds
   * @param connections told what the program accepts from a listener, and closes
   * @param ready told once, when the program waits for connections on all of them
   */
  SharedListeners(
      List<SharedListener> all,
      StartProgress progress,
      OpenConnections connections,
      Runnable ready) {
    this.all = List.copyOf(all);
    this.progress = progress;
    this.connections = connections;
    this.ready = ready;
  }

  /** The call's name and arguments; null if it is to be made as ever. */
  @Override
  public @Nullable Object apply(Object[] call) {
    String name = (String) call[0];
    if (name.equals(Question.BIND)) {
      return bind(call);
    }
    if (name.equals(Question.UNLINK)) {
      return isAt((Path) call[1]) ? true : null; // the supervisor's to delete
    }
    if (name.equals(Question.CLOSE)) {
      closed((int) call[1]);
      return null;
    }
    SharedListener listener = adoptedAs((int) call[name.equals(Question.CONTROL) ? 3 : 1]);
    if (listener == null) {
      return null;
    }
    return name.equals(Question.ACCEPTED)
        ? accepted(listener, (int) call[1], (int) call[2], (int) call[3])
        : answer(listener, name, call);
  }

  private synchronized @Nullable Object answer(
      SharedListener listener, String name, Object[] call) {
    return switch (name) {
      case Question.LISTEN -> {
        listener.lengthenQueue((int) call[2]);
        yield true; // it listens already
      }
      // The flag is one for all processes that share the listener: none of them may change it.
      case Question.CONFIGURE_BLOCKING -> {
        listener.block((boolean) call[2]);
        yield true;
      }
      case Question.CONTROL -> control(listener, call);
      case Question.ACCEPT -> {
        use(listener);
        listener.accepting();
        yield null;
      }
      default -> throw new IllegalArgumentException("no such question: " + name);
    };
  }

  /**
   * The last arguments are descriptor and path, or descriptor, address and port; a family may stand
   * before those.
   */
  private @Nullable Object bind(Object[] call) {
    int last = call.length - 1;
    return call[last] instanceof Path path
        ? bind(UnixDomainSocketAddress.of(path.toAbsolutePath().normalize()), (int) call[last - 1])
        : bind(
            new InetSocketAddress((InetAddress) call[last - 1], (int) call[last]),
            (int) call[last - 2]);
  }

  private synchronized @Nullable Object bind(SocketAddress address, int descriptor) {
    SharedListener meant = find(address);
    if (meant == null || closed) {
      progress.ownBind(address);
      return null;
    }
    meant.adopt(descriptor);
    progress.changed();
    return true;
  }

  private boolean isAt(Path path) {
    for (SharedListener listener : all) {
      if (listener.isAt(path)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable SharedListener find(SocketAddress address) {
    SharedListener found = null;
    for (SharedListener listener : all) {
      boolean better = found == null || listener.isExactly(address);
      if (!listener.isAdopted() && listener.isMeantBy(address) && better) {
        found = listener;
      }
    }
    return found;
  }

  private int control(SharedListener listener, Object[] call) {
    Interest interest = Interest.of((int) call[2]);
    if (interest != Interest.DELETE) {
      use(listener);
    }
    return listener.control((int) call[1], interest, (int) call[4]);
  }

  private void use(SharedListener listener) {
    if (listener.use()) {
      progress.changed();
      if (all.stream().allMatch(SharedListener::isUsed)) {
        ready.run();
      }
    }
  }

  /** An accept that blocks and has found nothing waits here, and is to be tried again. */
  private @Nullable Object accepted(
      SharedListener listener, int descriptor, int connection, int result) {
    if (result > 0) {
      taken(listener, connection, result);
      return null;
    }
    int set;
    synchronized (this) {
      enter(listener, connection, result);
      if (result != UNAVAILABLE || !listener.isAdoptedBy(descriptor) || !listener.blocks()) {
        return null;
      }
      set = listener.watchForBlocked();
    }
    if (set == Descriptors.NO_EPOLL) {
      return null; // it waits as the JDK has it
    }
    listener.awaitConnection(set);
    return listener.isAdoptedBy(descriptor) ? true : null; // else the program has closed it
  }

  /** Not under the lock: others of this worker need not wait while it lets other workers run. */
  @SuppressWarnings("ThreadPriorityCheck") // yields to other processes, which no lock reaches
  private void taken(SharedListener listener, int connection, int result) {
    boolean ahead;
    synchronized (this) {
      enter(listener, connection, result);
      ahead = connections.areAhead();
    }
    if (ahead) {
      Thread.yield();
    }
  }

  private void enter(SharedListener listener, int connection, int result) {
    boolean underWay = admitted && result > 0; // the accept, when the listener was shut
    if (listener.isOpen() || underWay) {
      connections.accepted(listener.family(), connection, result);
      admit();
      if (result > 0) {
        listener.letOthersFirst();
      }
    }
  }

  private synchronized void closed(int descriptor) {
    SharedListener listener = adoptedAs(descriptor);
    if (listener != null) {
      listener.forget();
    } else if (connections.closed(descriptor)) {
      admit();
    }
  }

  private @Nullable SharedListener adoptedAs(int descriptor) {
    for (SharedListener listener : all) {
      if (listener.isAdoptedBy(descriptor)) {
        return listener;
      }
    }
    return null;
  }

  /** Enters the connections on the scoreboard, from now on, and compares them with others'. */
  synchronized void enter(ProgramLine line, IntSupplier fewestOpen) {
    connections.enter(line, fewestOpen);
  }

  /**
   * To be called now and then: enters what connections do, and sees those whose wake-up got lost
   * with another worker.
   */
  synchronized void lookAgain() {
    connections.look();
    all.forEach(SharedListener::letOthersFirst);
  }

  /** Of which family a connection is that the program has accepted. */
  synchronized StandardProtocolFamily family(int connection) {
    return connections.family(connection);
  }

  /** How many connections are open that the program has accepted. */
  synchronized int openConnections() {
    return connections.count();
  }

  /** Which of them have asked and not been answered yet, by their descriptors. */
  synchronized BitSet askingConnections() {
    return connections.asking();
  }

  /** Whether connections have ever been let through. */
  synchronized boolean wereOpened() {
    return admitted;
  }

  /** Lets connections through, as long as there is room for them. */
  synchronized void open() {
    admitted = true;
    admit();
  }

  private void admit() {
    boolean open = admitted && !closed && connections.hasRoom();
    for (SharedListener listener : all) {
      if (open && !listener.isOpen()) {
        listener.open();
      } else if (!open && listener.isOpen()) {
        listener.shut();
      }
    }
  }

  /** Lets no more connections through; who waits for one goes on waiting. */
  synchronized void close() {
    closed = true;
    all.forEach(SharedListener::close);
  }

  /** Where the program accepts from this process alone; null if it does not, or from everybody. */
  synchronized @Nullable SocketAddress quietAddress() {
    return all.getFirst().quietAddress();
  }
}
