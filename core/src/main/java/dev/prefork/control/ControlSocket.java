package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * A server's Unix-domain socket, on which the same user and root may ask what it does and tell it
 * what to do. Its threads are its own: whatever the supervisor, the workers or another peer are
 * busy with, it answers.
 */
public final class ControlSocket implements AutoCloseable {
  static final int MAX_CONNECTIONS = 16;

  /** Long enough to send an answer, should a peer read it. */
  private static final long LAST_ANSWERS_MS = 1_000;

  private final SocketFile socket;
  private final ControlCommands commands;
  private final Set<LineChannel> open = new HashSet<>();
  private boolean closed;

  /** Prepares to answer on a socket; {@link #start} begins. */
  public ControlSocket(SocketFile socket, Controlled server) {
    this.socket = socket;
    this.commands = new ControlCommands(server);
  }

  /** Begins to answer. */
  public void start() {
    thread("prefork-control", this::accept).start();
  }

  /** Tells an event to who follows them; from any thread, and never waits. */
  public void tell(ServerEvent event) {
    commands.tell(event);
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).unstarted(work);
  }

  private void accept() {
    while (true) {
      try {
        welcome(socket.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        pause(); // out of descriptors: it gets better, or not, but is no reason to spin
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void welcome(SocketChannel peer) throws IOException {
    try {
      admit(peer);
    } catch (IOException e) {
      peer.close(); // it has gone already, or there is no descriptor for its selector
    }
  }

  private void admit(SocketChannel peer) throws IOException {
    UserPrincipal user = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    LineChannel lines = new LineChannel(peer, ControlRequest.MAX_LENGTH);
    if (!isAllowed(user)) {
      refuse(lines, ExitStatus.USAGE, "the server belongs to another user than " + user);
    } else if (!enter(lines)) {
      refuse(
          lines,
          ExitStatus.TRY_AGAIN,
          "the server has " + MAX_CONNECTIONS + " control connections already");
    } else {
      String origin = "control socket (" + user + ")";
      thread("prefork-control-peer", () -> serve(lines, origin)).start();
    }
  }

  /** Principals are equal if their numbers are. */
  private static boolean isAllowed(UserPrincipal user) throws IOException {
    return user.equals(Files.getOwner(Path.of("/proc/self")))
        || user.equals(
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0"));
  }

  private static void refuse(LineChannel lines, ExitStatus status, String why) throws IOException {
    try (lines) {
      new Answer(lines, "").error(status, why);
    }
  }

  private void serve(LineChannel lines, String origin) {
    try (lines) {
      new ControlConnection(lines, origin, commands).converse();
    } catch (IOException e) {
      // gone, or told to go
    } finally {
      leave(lines);
    }
  }

  private synchronized boolean enter(LineChannel lines) {
    return !closed && open.size() < MAX_CONNECTIONS && open.add(lines);
  }

  private synchronized void leave(LineChannel lines) {
    open.remove(lines);
  }

  /** Tells the end to those who wait for it, takes no more peers, and removes the socket. */
  public void end(ServerEvent.Stopped last) {
    tell(last);
    commands.awaitAnswered(LAST_ANSWERS_MS);
    socket.close();
  }

  /** Cuts the connections: to a peer the sign that everything has been given back. */
  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(LineChannel::stop);
  }
}
