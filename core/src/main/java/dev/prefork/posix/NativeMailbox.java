package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Datagram sockets with abstract names, and who sent what to them: unix(7), recvmsg(2). */
final class NativeMailbox {
  private static final NativeFunction SOCKET = NativeFunction.of("socket", 3);
  private static final NativeFunction SETSOCKOPT = NativeFunction.of("setsockopt", 5);
  private static final NativeFunction BIND = NativeFunction.of("bind", 3);
  private static final NativeFunction GETSOCKNAME = NativeFunction.of("getsockname", 3);
  private static final NativeFunction RECVMSG = NativeFunction.of("recvmsg", 3);

  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PASSCRED = 16;
  private static final int SCM_CREDENTIALS = 2;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  /** An address of the family alone: the kernel then chooses a name. */
  private static final int FAMILY_SIZE = 2;

  private static final int SOCKADDR_UN_SIZE = 110;

  /** What systemd takes of a message. */
  private static final int MESSAGE_SIZE = 4_096;

  // struct msghdr and struct cmsghdr with a struct ucred, on 64-bit Linux. There is room for the
  // credentials alone: the kernel closes what descriptors somebody sends.
  private static final int MSGHDR_SIZE = 56;
  private static final int IOV_OFFSET = 16;
  private static final int IOV_COUNT_OFFSET = 24;
  private static final int CONTROL_OFFSET = 32;
  private static final int CONTROL_SIZE_OFFSET = 40;
  private static final int CONTROL_SIZE = 32;
  private static final int LEVEL_OFFSET = 8;
  private static final int TYPE_OFFSET = 12;
  private static final int SENDER_OFFSET = 16;

  private NativeMailbox() {}

  static Posix.Mailbox open(Posix posix) {
    String what = "could not open a mailbox";
    int number = SOCKET.call(AF_UNIX, SOCK_DGRAM_CLOEXEC_NONBLOCK, 0);
    Fd socket = new Fd(posix, NativePosix.check(number, "socket", what));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
      int set =
          SETSOCKOPT.call(
              socket.number(), SOL_SOCKET, SO_PASSCRED, on.address(), JAVA_INT.byteSize());
      NativePosix.check(set, "setsockopt", what);
      MemorySegment address = arena.allocate(SOCKADDR_UN_SIZE, 4);
      address.set(JAVA_SHORT, 0, AF_UNIX);
      int bound = BIND.call(socket.number(), address.address(), FAMILY_SIZE);
      NativePosix.check(bound, "bind", what);
      MemorySegment length = arena.allocateFrom(JAVA_INT, SOCKADDR_UN_SIZE);
      int named = GETSOCKNAME.call(socket.number(), address.address(), length.address());
      NativePosix.check(named, "getsockname", what);
      return new Posix.Mailbox(socket, name(address, length.get(JAVA_INT, 0)));
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static String name(MemorySegment address, int length) {
    int afterZero = FAMILY_SIZE + 1;
    byte[] name = address.asSlice(afterZero, length - afterZero).toArray(JAVA_BYTE);
    return new String(name, StandardCharsets.US_ASCII);
  }

  static Optional<Posix.Letter> receive(Fd mailbox) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(MESSAGE_SIZE);
      MemorySegment control = arena.allocate(CONTROL_SIZE, 8);
      MemorySegment header = header(arena, message, control);
      int count;
      do {
        count = RECVMSG.call(mailbox.number(), header.address(), MSG_CMSG_CLOEXEC);
      } while (count == -Errno.EINTR.number());
      if (count == -Errno.EAGAIN.number()) {
        return Optional.empty();
      }
      NativePosix.check(count, "recvmsg", "could not read from " + mailbox);
      byte[] bytes = message.asSlice(0, count).toArray(JAVA_BYTE);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return Optional.of(new Posix.Letter(sender(header, control), text));
    }
  }

  private static MemorySegment header(Arena arena, MemorySegment message, MemorySegment control) {
    MemorySegment vector = arena.allocate(2 * ADDRESS.byteSize(), 8);
    vector.set(ADDRESS, 0, message);
    vector.set(JAVA_LONG, ADDRESS.byteSize(), MESSAGE_SIZE);
    MemorySegment header = arena.allocate(MSGHDR_SIZE, 8);
    header.set(ADDRESS, IOV_OFFSET, vector);
    header.set(JAVA_LONG, IOV_COUNT_OFFSET, 1);
    header.set(ADDRESS, CONTROL_OFFSET, control);
    header.set(JAVA_LONG, CONTROL_SIZE_OFFSET, CONTROL_SIZE);
    return header;
  }

  private static int sender(MemorySegment header, MemorySegment control) {
    boolean vouched =
        header.get(JAVA_LONG, CONTROL_SIZE_OFFSET) > SENDER_OFFSET
            && control.get(JAVA_INT, LEVEL_OFFSET) == SOL_SOCKET
            && control.get(JAVA_INT, TYPE_OFFSET) == SCM_CREDENTIALS;
    return vouched ? control.get(JAVA_INT, SENDER_OFFSET) : 0;
  }
}
