package dev.prefork.admin;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerStatus.Phase;

/** Whether clients should be sent here. */
final class Readiness {
  private Readiness() {}

  /** Why not, in words; empty if they should. */
  static String obstacle(ServerSnapshot snapshot) {
    if (snapshot.phase() == Phase.DRAINING || snapshot.phase() == Phase.STOPPED) {
      return "the server is stopping";
    }
    if (snapshot.pool().wanted() == 0) {
      return "no workers are wanted";
    }
    int least = Math.max(1, Math.min(snapshot.pool().min(), snapshot.pool().wanted()));
    return snapshot.accepting() >= least
        ? ""
        : snapshot.accepting() + " workers accept, at least " + least + " must";
  }
}
