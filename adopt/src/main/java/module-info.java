/** The java agent of workers that run an unchanged program. */
module dev.prefork.adopt {
  requires static org.jspecify;
  requires java.instrument;
  requires dev.prefork;
}
