/** Load on the greeting protocol, the comparison with the original, and the operating figures. */
module dev.prefork.bench {
  requires static org.jspecify;
  requires dev.prefork;
  requires dev.prefork.examples.greeting;
}
