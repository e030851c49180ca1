/** Tells Prefork what a Tomcat serves. */
module dev.prefork.tomcat {
  requires static org.jspecify;
  requires dev.prefork;
  requires transitive org.apache.tomcat.embed.core;

  exports dev.prefork.tomcat;
}
