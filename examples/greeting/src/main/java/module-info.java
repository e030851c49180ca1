/** The greeting protocol of the original, and its Lisp data. */
module dev.prefork.examples.greeting {
  requires static org.jspecify;
  requires transitive dev.prefork;

  exports dev.prefork.examples.greeting;
}
