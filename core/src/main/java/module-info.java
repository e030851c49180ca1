/** Preforking servers for the JVM. */
@SuppressWarnings("module") // the modules that these are for are compiled after this one
module dev.prefork {
  requires static transitive org.jspecify;
  requires jdk.net;
  requires jdk.unsupported;

  exports dev.prefork;
  exports dev.prefork.server;
  exports dev.prefork.config to
      dev.prefork.adopt,
      dev.prefork.cli;
  exports dev.prefork.control to
      dev.prefork.bench,
      dev.prefork.cli;
  exports dev.prefork.json to
      dev.prefork.bench,
      dev.prefork.cli;
  exports dev.prefork.log to
      dev.prefork.cli;
  exports dev.prefork.monitor to
      dev.prefork.cli;
  exports dev.prefork.launch to
      dev.prefork.adopt,
      dev.prefork.cli;
  exports dev.prefork.posix to
      dev.prefork.adopt,
      dev.prefork.bench,
      dev.prefork.cli;
  exports dev.prefork.scoreboard to
      dev.prefork.adopt,
      dev.prefork.cli;
  exports dev.prefork.worker to
      dev.prefork.adopt;
}
