package dev.prefork.supervisor;

/** How a server stops; a more urgent mode wins over a milder one. */
enum StopMode {
  /** Not at all. */
  NONE,
  /** Open connections are finished, within the bound. */
  GRACEFUL,
  /** Open connections are cut. */
  IMMEDIATE
}
