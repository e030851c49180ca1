package dev.prefork.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A certificate chain and its key in PEM files, looked at once a second: who renews them tells
 * nobody. What can't be used, as when only one of the two has been written yet, is said once, and
 * the old pair stays.
 */
final class TlsFiles {
  private static final long LOOK_AGAIN_S = 1;

  private final Path certificate;
  private final Path key;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private List<Object> seen;

  /**
   * Reads both.
   *
   * @throws WarException if they can't be used
   */
  TlsFiles(Path certificate, Path key) throws WarException {
    this.certificate = certificate;
    this.key = key;
    seen = look();
    use(context, PemPair.read(certificate, key));
  }

  private static void use(SslContextFactory factory, KeyStore store) {
    factory.setKeyStore(store);
    factory.setKeyStorePassword(PemPair.PASSWORD);
  }

  SslContextFactory.Server context() {
    return context;
  }

  /** Looks for new files while a connector lives. */
  LifeCycle reloading(AbstractConnector connector) {
    return new Reloading(connector.getScheduler());
  }

  /** Follows links: a renewed certificate is often a link that points elsewhere. */
  private List<Object> look() {
    return List.of(look(certificate), look(key));
  }

  private static Object look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      return "missing";
    }
  }

  private synchronized void reloadIfChanged() {
    List<Object> now = look();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      KeyStore store = PemPair.read(certificate, key);
      context.reload(factory -> use(factory, store));
    } catch (WarException e) {
      System.err.println(e.getMessage() + "; the last ones stay in use");
    } catch (Exception e) {
      throw new IllegalStateException("a key store in memory can be loaded", e); // cannot happen
    }
  }

  private final class Reloading extends AbstractLifeCycle implements Runnable {
    private final Scheduler scheduler;

    Reloading(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    @Override
    protected void doStart() {
      lookLater();
    }

    private void lookLater() {
      var _ = scheduler.schedule(this, LOOK_AGAIN_S, TimeUnit.SECONDS);
    }

    @Override
    public void run() {
      if (isRunning()) {
        reloadIfChanged();
        lookLater();
      }
    }
  }
}
