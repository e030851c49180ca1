package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;

/**
 * Listening sockets: socket(2), bind(2), listen(2), getsockname(2), as in ip(7), ipv6(7) and
 * unix(7).
 */
final class NativeSockets {
  private static final NativeFunction SOCKET = NativeFunction.of("socket", 3);
  private static final NativeFunction SETSOCKOPT = NativeFunction.of("setsockopt", 5);
  private static final NativeFunction GETSOCKOPT = NativeFunction.of("getsockopt", 5);
  private static final NativeFunction BIND = NativeFunction.of("bind", 3);
  private static final NativeFunction LISTEN = NativeFunction.of("listen", 2);
  private static final NativeFunction GETSOCKNAME = NativeFunction.of("getsockname", 3);

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CORK = 3;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int SOCKADDR_IN_SIZE = 16;
  private static final int SOCKADDR_IN6_SIZE = 28;
  private static final int SOCKADDR_UN_SIZE = 110;
  private static final int PATH_OFFSET = 2;
  private static final int PORT_OFFSET = 2;
  private static final int IPV4_OFFSET = 4;
  private static final int IPV6_OFFSET = 8;
  private static final int SCOPE_OFFSET = 24;

  private static final int TCP_INFO = 11;
  private static final int TCP_LISTEN = 10;
  // struct tcp_info of linux/tcp.h; a listening socket tells its queue in two columns of it that
  // mean something else once a connection is established (tcp_get_info in the kernel's tcp.c).
  private static final int TCP_INFO_SIZE = 104;
  private static final int TCP_INFO_STATE = 0;
  private static final int TCP_INFO_UNACKED = 24;
  private static final int TCP_INFO_SACKED = 28;

  private NativeSockets() {}

  static Fd listen(Posix posix, SocketAddress address, int backlog) {
    String what = "could not listen on " + SocketAddresses.format(address);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sockaddr = encode(arena, address);
      short family = sockaddr.get(JAVA_SHORT, 0);
      int number = SOCKET.call(family, SOCK_STREAM_CLOEXEC, 0);
      Fd socket = new Fd(posix, NativePosix.check(number, "socket", what));
      bind(arena, socket, sockaddr, address, backlog);
      return socket;
    }
  }

  private static void bind(
      Arena arena, Fd socket, MemorySegment sockaddr, SocketAddress address, int backlog) {
    String what = "could not listen on " + SocketAddresses.format(address);
    short family = sockaddr.get(JAVA_SHORT, 0);
    try {
      if (family != AF_UNIX) {
        setOption(arena, socket, SOL_SOCKET, SO_REUSEADDR, what);
      }
      if (family == AF_INET6) {
        setOption(arena, socket, IPPROTO_IPV6, IPV6_V6ONLY, what);
      }
      int bound = BIND.call(socket.number(), sockaddr.address(), sockaddr.byteSize());
      NativePosix.check(bound, "bind", "could not bind " + SocketAddresses.format(address));
      NativePosix.check(LISTEN.call(socket.number(), backlog), "listen", what);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  static void cork(Fd listener) {
    try (Arena arena = Arena.ofConfined()) {
      setOption(arena, listener, IPPROTO_TCP, TCP_CORK, "could not cork " + listener);
    }
  }

  private static void setOption(Arena arena, Fd socket, int level, int option, String what) {
    MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
    int result = SETSOCKOPT.call(socket.number(), level, option, on.address(), JAVA_INT.byteSize());
    NativePosix.check(result, "setsockopt", what);
  }

  static SocketAddress localAddress(Fd socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sockaddr = arena.allocate(SOCKADDR_UN_SIZE, 4);
      MemorySegment length = arena.allocateFrom(JAVA_INT, SOCKADDR_UN_SIZE);
      int result = GETSOCKNAME.call(socket.number(), sockaddr.address(), length.address());
      NativePosix.check(result, "getsockname", "could not read the address of " + socket);
      return sockaddr.get(JAVA_SHORT, 0) == AF_UNIX
          ? UnixDomainSocketAddress.of(sockaddr.getString(PATH_OFFSET, SocketAddresses.NATIVE))
          : decode(sockaddr);
    }
  }

  static Posix.AcceptQueue acceptQueue(Fd listener) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(TCP_INFO_SIZE, 4);
      MemorySegment length = arena.allocateFrom(JAVA_INT, TCP_INFO_SIZE);
      int result =
          GETSOCKOPT.call(
              listener.number(), IPPROTO_TCP, TCP_INFO, info.address(), length.address());
      NativePosix.check(result, "getsockopt", "could not read the queue of " + listener);
      return info.get(JAVA_BYTE, TCP_INFO_STATE) == TCP_LISTEN
          ? new Posix.AcceptQueue(
              info.get(JAVA_INT, TCP_INFO_UNACKED), info.get(JAVA_INT, TCP_INFO_SACKED))
          : Posix.AcceptQueue.NONE;
    }
  }

  private static MemorySegment encode(Arena arena, SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      MemorySegment sockaddr = arena.allocate(SOCKADDR_UN_SIZE, 4);
      sockaddr.set(JAVA_SHORT, 0, (short) AF_UNIX);
      sockaddr.setString(PATH_OFFSET, unix.getPath().toString(), SocketAddresses.NATIVE);
      return sockaddr;
    }
    return encode(arena, (InetSocketAddress) address);
  }

  private static MemorySegment encode(Arena arena, InetSocketAddress address) {
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    MemorySegment sockaddr = arena.allocate(ipv6 ? SOCKADDR_IN6_SIZE : SOCKADDR_IN_SIZE, 4);
    sockaddr.set(JAVA_SHORT, 0, (short) (ipv6 ? AF_INET6 : AF_INET));
    sockaddr.set(JAVA_BYTE, PORT_OFFSET, (byte) (address.getPort() >> 8));
    sockaddr.set(JAVA_BYTE, PORT_OFFSET + 1, (byte) address.getPort());
    byte[] bytes = address.getAddress().getAddress();
    int offset = ipv6 ? IPV6_OFFSET : IPV4_OFFSET;
    MemorySegment.copy(bytes, 0, sockaddr, JAVA_BYTE, offset, bytes.length);
    if (address.getAddress() instanceof Inet6Address inet6) {
      sockaddr.set(JAVA_INT, SCOPE_OFFSET, inet6.getScopeId());
    }
    return sockaddr;
  }

  private static InetSocketAddress decode(MemorySegment sockaddr) {
    boolean ipv6 = sockaddr.get(JAVA_SHORT, 0) == AF_INET6;
    int port =
        (sockaddr.get(JAVA_BYTE, PORT_OFFSET) & 0xff) << 8
            | (sockaddr.get(JAVA_BYTE, PORT_OFFSET + 1) & 0xff);
    byte[] bytes = new byte[ipv6 ? 16 : 4];
    int offset = ipv6 ? IPV6_OFFSET : IPV4_OFFSET;
    MemorySegment.copy(sockaddr, JAVA_BYTE, offset, bytes, 0, bytes.length);
    int scope = sockaddr.get(JAVA_INT, SCOPE_OFFSET);
    try {
      // Scope 0 stands for none: kept, it would be printed as a zone, [::1%0].
      InetAddress ip =
          ipv6
              ? Inet6Address.getByAddress(null, bytes, scope == 0 ? -1 : scope)
              : Inet4Address.getByAddress(bytes);
      return new InetSocketAddress(ip, port);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 bytes", e); // cannot happen
    }
  }
}
