/** Load on the greeting protocol and on HTTP, comparisons with other servers, operating figures. */
module dev.prefork.bench {
  requires static org.jspecify;
  requires dev.prefork;
  requires dev.prefork.examples.greeting;
}
