/** Tells Prefork what the JDK's HTTP server serves. */
module dev.prefork.jdkhttp {
  requires static org.jspecify;
  requires dev.prefork;
  requires transitive jdk.httpserver;

  exports dev.prefork.jdkhttp;
}
