package dev.prefork.adopt;

import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A listener of the supervisor, inherited by this worker, and the descriptor of the program that
 * has come to mean it. While the gate is closed to a selector of the program, that descriptor means
 * a quiet socket, on which no connection ever comes; an accept that may block waits by itself.
 */
final class SharedListener {
  private static final int NOBODY = -1;

  private final Posix posix;
  private final Fd inherited;
  private final InetSocketAddress address;
  private int adopter = NOBODY;
  private boolean blocking = true;
  private boolean used;
  private boolean open;
  private @Nullable Fd quiet;

  SharedListener(Posix posix, Fd inherited) {
    this.posix = posix;
    this.inherited = inherited;
    this.address = posix.localAddress(inherited);
  }

  /** Where the supervisor listens. */
  InetSocketAddress address() {
    return address;
  }

  /** Whether a program that binds this means us: the same port, and the same address or any. */
  boolean isMeantBy(InetAddress bound, int port) {
    InetAddress ours = address.getAddress();
    return port == address.getPort()
        && (bound.equals(ours) || bound.isAnyLocalAddress() || ours.isAnyLocalAddress());
  }

  /** Whether it is bound as we are, so that no other listener is meant rather. */
  boolean isExactly(InetAddress bound) {
    return bound.equals(address.getAddress());
  }

  boolean isAdopted() {
    return adopter != NOBODY;
  }

  boolean isAdoptedBy(int descriptor) {
    return adopter == descriptor;
  }

  /** Lets the program's descriptor mean this listener. */
  void adopt(int descriptor) {
    posix.replace(descriptor, inherited);
    adopter = descriptor;
  }

  /** What the program wants; the listener itself never blocks. */
  void blocking(boolean wanted) {
    blocking = wanted;
  }

  /** Whether the program's accepts wait for a connection. */
  boolean isBlocking() {
    return blocking;
  }

  /** The program waits for connections from now on; returns whether that is new. */
  boolean use() {
    boolean first = !used;
    used = true;
    if (!open && !blocking && quiet == null) {
      silence();
    }
    return first;
  }

  boolean isOpen() {
    return open;
  }

  boolean isUsed() {
    return used;
  }

  /** Lets connections through. */
  void open() {
    open = true;
    if (quiet != null) {
      posix.replace(adopter, inherited);
      quiet.close();
      quiet = null;
    }
  }

  /** Lets no more connections through, and lets go of the listener. */
  void close() {
    open = false;
    if (isAdopted() && quiet == null) {
      silence();
    }
    inherited.close();
  }

  private void silence() {
    Fd fresh = posix.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    posix.setBlocking(fresh, false);
    posix.replace(adopter, fresh);
    quiet = fresh;
  }
}
