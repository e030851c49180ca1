/** The program that runs one WAR file on Jetty, as a worker of Prefork. */
module dev.prefork.war {
  requires static org.jspecify;
  requires dev.prefork;
  requires dev.prefork.jetty;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.compression.gzip;
  requires org.eclipse.jetty.compression.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.unixdomain.server;
  requires org.slf4j;
}
