package dev.prefork.war;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.jspecify.annotations.Nullable;

/** Makes connectors: HTTP/1.1 and HTTP/2, both in clear text or both over TLS. */
final class Connectors {
  /** Threads that a connector needs for itself: one accepts, one selects, one selects next. */
  static final int THREADS = 3;

  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 1;

  /**
   * An idle connection is closed so long after the listeners went: its client may just be asking.
   */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final WarConfig config;
  private final HttpConfiguration http = new HttpConfiguration();
  private final @Nullable TlsFiles tls;

  /**
   * Prepares them.
   *
   * @throws WarException if the certificate can't be used
   */
  Connectors(WarConfig config) throws WarException {
    this.config = config;
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(config.maxHeader());
    if (config.certificate().isPresent()) {
      tls = new TlsFiles(config.certificate().orElseThrow(), config.key().orElseThrow());
      // One certificate for every name: whether it fits is the client's affair.
      http.addCustomizer(new SecureRequestCustomizer(false));
    } else {
      tls = null;
    }
  }

  /** A connector that binds this address. */
  Connector on(Server server, SocketAddress address) {
    AbstractConnector connector =
        address instanceof InetSocketAddress inet
            ? onInternet(server, inet)
            : onPath(server, ((UnixDomainSocketAddress) address).getPath());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(
        Math.min(LAST_WORDS.toMillis(), config.idleTimeout().toMillis()));
    if (tls != null) {
      connector.addBean(tls.reloading(connector));
    }
    return connector;
  }

  private AbstractConnector onInternet(Server server, InetSocketAddress address) {
    ServerConnector connector =
        new ServerConnector(server, null, null, null, ACCEPTORS, SELECTORS, protocols());
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    return connector;
  }

  private AbstractConnector onPath(Server server, Path path) {
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, null, null, null, ACCEPTORS, SELECTORS, protocols());
    connector.setUnixDomainPath(path);
    return connector;
  }

  private ConnectionFactory[] protocols() {
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {http1, new HTTP2CServerConnectionFactory(http)};
    }
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.context(), alpn.getProtocol()),
      alpn,
      new HTTP2ServerConnectionFactory(http),
      http1
    };
  }
}
