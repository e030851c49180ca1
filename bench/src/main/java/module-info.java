/** Load on the greeting protocol, and the comparison with the original. */
module dev.prefork.bench {
  requires static org.jspecify;
  requires dev.prefork;
  requires dev.prefork.examples.greeting;
}
