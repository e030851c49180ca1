package dev.prefork.adopt;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;

/**
 * What a worker that trains the ahead-of-time cache is asked before it is ready: classes that a
 * program loads for its first answer are then in the cache, too. Whatever it answers, or not: it is
 * not to be known here whether it speaks HTTP.
 */
record TrainingRequests(List<PrivateRequest> requests, SharedListeners listeners, Runnable then)
    implements Runnable {
  @Override
  public void run() {
    for (PrivateRequest request : requests) {
      SocketAddress address = listeners.quietAddress();
      try {
        var _ = address == null ? "" : request.ask(address);
      } catch (IOException e) {
        // nothing is recorded of an answer, then
      }
    }
    then.run();
  }
}
