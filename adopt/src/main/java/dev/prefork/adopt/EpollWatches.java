package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Descriptors.Interest;
import dev.prefork.posix.Fd;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What the program's epoll sets wait for at a shared listener's descriptor. A connection wakes one
 * of the workers that wait there, not all of them (EPOLLEXCLUSIVE, epoll_ctl(2)); the kernel takes
 * whose wait began first, so who has just accepted begins anew, behind the others.
 */
final class EpollWatches {
  private final Descriptors descriptors;
  private final Map<Integer, Integer> eventsBySet = new HashMap<>();

  EpollWatches(Descriptors descriptors) {
    this.descriptors = descriptors;
  }

  /** Does as the program asks; returns the errno. */
  int control(int set, Interest interest, int descriptor, int events) {
    return switch (interest) {
      case ADD -> add(set, descriptor, events);
      case DELETE -> delete(set, descriptor);
      // What is exclusive can't be modified; and what is not is treated alike.
      case MODIFY -> {
        int errno = delete(set, descriptor);
        yield errno == 0 ? add(set, descriptor, events) : errno;
      }
    };
  }

  private int add(int set, int descriptor, int events) {
    int errno = descriptors.control(set, Interest.ADD, descriptor, forKernel(events));
    if (errno == 0) {
      eventsBySet.put(set, events);
    }
    return errno;
  }

  private int delete(int set, int descriptor) {
    int errno = descriptors.control(set, Interest.DELETE, descriptor, 0);
    if (errno == 0) {
      eventsBySet.remove(set);
    }
    return errno;
  }

  /** What is watched once only (EPOLLONESHOT), as by virtual threads, can't be exclusive. */
  private static int forKernel(int events) {
    return events == Descriptors.EPOLLIN ? events | Descriptors.EPOLLEXCLUSIVE : events;
  }

  /**
   * Begins every wait anew: behind the other workers; and a connection that is in the queue is
   * seen, though its wake-up went to a worker that has ended or stands still.
   */
  void beginAnew(int descriptor) {
    leave(descriptor);
    enter(descriptor);
  }

  /** An epoll set watches files, not numbers: it is told of the one that the number means now. */
  void move(int descriptor, Fd file) {
    leave(descriptor);
    descriptors.replace(descriptor, file);
    enter(descriptor);
  }

  /** What the program has closed meanwhile is forgotten. */
  private void leave(int descriptor) {
    for (Iterator<Integer> sets = eventsBySet.keySet().iterator(); sets.hasNext(); ) {
      if (descriptors.control(sets.next(), Interest.DELETE, descriptor, 0) != 0) {
        sets.remove();
      }
    }
  }

  private void enter(int descriptor) {
    for (Map.Entry<Integer, Integer> watch : eventsBySet.entrySet()) {
      var _ =
          descriptors.control(
              watch.getKey(), Interest.ADD, descriptor, forKernel(watch.getValue()));
    }
  }

  /** The program has closed the descriptor. */
  void clear() {
    eventsBySet.clear();
  }
}
