package dev.prefork.posix;

import java.util.List;

/**
 * A program to start in a new process group, or a new session, with every signal at its default. It
 * gets exactly the descriptors listed, numbered 0, 1, 2, … in their order; all others are closed.
 *
 * @param program the path of the executable
 * @param arguments the argument list, {@code argv[0]} first
 * @param environment entries {@code NAME=value}
 * @param descriptors what the program finds at 0, 1, 2, …; one descriptor may stand several times
 * @param scheduling when it runs; as its parent does where the system refuses that
 * @param ownSession whether it leads a session. Otherwise it stays in its parent's, and so keeps
 *     the terminal: TTIN and TTOU, by which job control would stop it there, are blocked in it
 */
public record SpawnRequest(
    String program,
    List<String> arguments,
    List<String> environment,
    List<Fd> descriptors,
    Scheduling scheduling,
    boolean ownSession) {
  /** Copies the lists. */
  public SpawnRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    descriptors = List.copyOf(descriptors);
  }
}
