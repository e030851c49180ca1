package dev.prefork.testing;

import dev.prefork.PreforkWorker;
import dev.prefork.WorkerIdentity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker that remembers what it is told. */
public final class RememberingWorker implements PreforkWorker {
  private static final int BOUND_S = 20;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private volatile boolean draining;

  /** From now on it drains. */
  public void drain() {
    draining = true;
  }

  /** The next that it was told, in words; "null" after a long wait. */
  public String next() throws InterruptedException {
    return String.valueOf(told.poll(BOUND_S, TimeUnit.SECONDS));
  }

  @Override
  public WorkerIdentity identity() {
    return new WorkerIdentity(0, 1, 4_711);
  }

  @Override
  public List<SocketAddress> listeners() {
    return List.of();
  }

  @Override
  public boolean draining() {
    return draining;
  }

  @Override
  public Served begin(SocketAddress peer, String label) {
    String host = ((InetSocketAddress) peer).getAddress().getHostAddress();
    told.add("begin " + host + " " + label);
    return (status, received, sent) -> told.add("end " + status + " " + received + " " + sent);
  }

  @Override
  public Runnable holdReady() {
    told.add("held");
    return () -> told.add("ready");
  }

  @Override
  public void failed(String why) {
    throw new AssertionError(why);
  }
}
