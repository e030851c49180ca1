package dev.prefork.war;

import dev.prefork.PreforkWorker;
import dev.prefork.jetty.PreforkHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.LoggerFactory;

/** Jetty with one WAR file, on every listener of the server. */
final class WarServer {
  /** An answer has no bound. */
  private static final int UNBOUNDED = -1;

  /** What stopping Jetty itself needs, once the last connection is closed. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final WarConfig config;
  private final Server server;

  /**
   * Prepares it.
   *
   * @throws WarException if the WAR or the certificate can't be used
   */
  WarServer(WarConfig config, PreforkWorker worker) throws WarException, IOException {
    this.config = config;
    Connectors connectors = new Connectors(config);
    List<SocketAddress> addresses = worker.listeners();
    this.server =
        new Server(new QueuedThreadPool(config.threads() + Connectors.THREADS * addresses.size()));
    for (SocketAddress address : addresses) {
      server.addConnector(connectors.on(server, address));
    }
    PreforkHandler reporting = new PreforkHandler();
    reporting.setHandler(limited(application(worker.identity().slot())));
    server.setHandler(reporting);
  }

  private Handler limited(Handler application) {
    CompressionHandler compression = new CompressionHandler(application);
    var _ = compression.putCompression(new GzipCompression());
    SizeLimitHandler limit = new SizeLimitHandler(config.maxBody(), UNBOUNDED);
    limit.setHandler(compression);
    return limit;
  }

  /** The class of one Jakarta EE or the other, both with the same ways: see its jar's manifest. */
  private ContextHandler application(int slot) throws WarException, IOException {
    Path unpacked = UnpackedWar.of(config.war(), config.work());
    String type = "org.eclipse.jetty.ee" + config.jakartaEe() + ".webapp.WebAppContext";
    try {
      ContextHandler application =
          Class.forName(type)
              .asSubclass(ContextHandler.class)
              .getConstructor(String.class, String.class)
              .newInstance(unpacked.toString(), config.contextPath());
      // Else Jetty would serve 503 for it, and the worker be ready.
      var _ =
          application
              .getClass()
              .getMethod("setThrowUnavailableOnStartupException", boolean.class)
              .invoke(application, true);
      var _ =
          application
              .getClass()
              .getMethod("addHiddenClassMatcher", ClassMatcher.class)
              .invoke(application, ownLogging());
      // The slot's last worker may have been killed, and have left its own behind.
      Path temporary = config.work().resolve("slot-" + slot);
      UnpackedWar.deleteTree(temporary);
      Files.createDirectories(temporary);
      application.setTempDirectory(temporary.toFile());
      return application;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the jars of this program have no such " + type, e);
    }
  }

  /**
   * What Jetty logs by: an application with an SLF4J of its own would find the service of this one
   * and not its class, and complain at each start.
   */
  private static ClassMatcher ownLogging() {
    return new ClassMatcher(
        location(LoggerFactory.class), location(LoggerFactory.getILoggerFactory().getClass()));
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  /** Serves from now on, if the application starts; what it throws otherwise is its own. */
  void start() throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "prefork-stop"));
    server.start();
  }

  /**
   * Lets clients go first: whoever has an open connection gets the answer to its next request, with
   * the word that this is the last one. Only then the application is stopped.
   */
  private void stop() {
    try {
      List<CompletableFuture<Void>> closed = new ArrayList<>();
      for (Connector connector : server.getConnectors()) {
        closed.add(connector.shutdown());
      }
      CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new))
          .get(config.stopTimeout().minus(REST).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      System.err.println("not every connection was closed in time");
    }
    try {
      server.stop();
    } catch (Exception e) {
      System.err.println("the application could not be stopped in order: " + e);
    }
  }
}
