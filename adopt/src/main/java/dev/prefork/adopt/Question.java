package dev.prefork.adopt;

/**
 * What the JDK's rewritten sockets ask, or tell, before or after a call. A question is the name and
 * the arguments of the call, a descriptor by its number; its answer is the call's result, or null:
 * then the call is made as ever.
 */
final class Question {
  /** Where the rewritten classes find who answers: in the system properties. */
  static final String PROPERTY = "dev.prefork.adopt.questions";

  /**
   * Net.bind: perhaps a protocol family; descriptor, address, port. UnixDomainSockets.bind:
   * descriptor, path.
   */
  static final String BIND = "bind";

  /** Net.listen: descriptor, backlog. */
  static final String LISTEN = "listen";

  /** The listener's descriptor, an empty one, where to put the address. */
  static final String ACCEPT = "accept";

  /**
   * Tells how an accept went: the listener's descriptor, the connection's, the call's result. An
   * answer means that it is to be tried again.
   */
  static final String ACCEPTED = "accepted";

  /** IOUtil.configureBlocking: descriptor, whether it blocks. */
  static final String CONFIGURE_BLOCKING = "configureBlocking";

  /** EPoll.ctl: the epoll set, what is done to it, descriptor, events. */
  static final String CONTROL = "ctl";

  /** UnixNativeDispatcher.unlink, which deletes a file: its path. */
  static final String UNLINK = "unlink";

  /** Tells of a socket's end: its descriptor. */
  static final String CLOSE = "close";

  private Question() {}
}
