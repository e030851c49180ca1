package dev.prefork.posix;

import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a descriptor of {@link FakePosix} stands for; shared by all descriptors that were copied.
 */
class FakeFile {
  final String name;
  boolean blocking = true;
  int references;

  FakeFile(String name) {
    this.name = name;
  }

  boolean isReadable() {
    return true;
  }

  int read(byte[] buffer) {
    throw new AssertionError(name + " can't be read");
  }

  int write(byte[] bytes) {
    throw new AssertionError(name + " can't be written");
  }

  @Override
  public String toString() {
    return name;
  }

  /** The bytes on their way through a pipe. */
  static final class Channel {
    static final int CAPACITY = 64 * 1024;

    final ArrayDeque<Byte> bytes = new ArrayDeque<>();
    final ReadEnd readEnd = new ReadEnd(this);
    final WriteEnd writeEnd = new WriteEnd(this);

    /** A writer that is never done: what it has written is always more than can be read. */
    boolean flooded;

    int floodReads;
  }

  static final class ReadEnd extends FakeFile {
    private final Channel channel;

    /** What follows when the last writer is gone. */
    Runnable whenCut = () -> {};

    ReadEnd(Channel channel) {
      super("pipe's read end");
      this.channel = channel;
    }

    @Override
    boolean isReadable() {
      return channel.flooded || !channel.bytes.isEmpty() || channel.writeEnd.references == 0;
    }

    @Override
    int read(byte[] buffer) {
      if (channel.flooded) {
        if (++channel.floodReads > 10_000) {
          throw new AssertionError("this pipe is read for ever");
        }
        return buffer.length;
      }
      int count = 0;
      while (count < buffer.length && !channel.bytes.isEmpty()) {
        buffer[count++] = channel.bytes.remove();
      }
      if (count == 0 && channel.writeEnd.references > 0) {
        if (blocking) {
          throw new AssertionError("this read would wait for ever");
        }
        return Posix.WOULD_BLOCK;
      }
      return count;
    }
  }

  static final class WriteEnd extends FakeFile {
    final Channel channel;

    WriteEnd(Channel channel) {
      super("pipe's write end");
      this.channel = channel;
    }

    @Override
    int write(byte[] bytes) {
      if (channel.readEnd.references == 0) {
        return 0;
      }
      int free = Channel.CAPACITY - channel.bytes.size();
      if (free < bytes.length && blocking) {
        throw new AssertionError("this write would wait for ever");
      }
      int count = Math.min(free, bytes.length);
      for (int i = 0; i < count; i++) {
        channel.bytes.add(bytes[i]);
      }
      return count;
    }
  }

  /** A file on disk or in memory; read and written through one place, as one open file has. */
  static final class Regular extends FakeFile {
    byte[] content = {};
    int place;
    boolean locked;

    Regular(String name) {
      super(name);
    }

    @Override
    int read(byte[] buffer) {
      int count = Math.min(buffer.length, content.length - place);
      System.arraycopy(content, place, buffer, 0, count);
      place += count;
      return count;
    }

    @Override
    int write(byte[] bytes) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(content, 0, place);
      all.writeBytes(bytes);
      content = all.toByteArray();
      place = content.length;
      return bytes.length;
    }
  }

  static final class Listening extends FakeFile {
    final SocketAddress address;
    int backlog;
    int queued;

    Listening(SocketAddress address, int backlog) {
      super("listener on " + address);
      this.address = address;
      this.backlog = backlog;
    }
  }

  /** Messages, each with its sender. */
  static final class Mailbox extends FakeFile {
    final String address;
    final ArrayDeque<Posix.Letter> letters = new ArrayDeque<>();

    Mailbox(String address) {
      super("mailbox " + address);
      this.address = address;
    }

    @Override
    boolean isReadable() {
      return !letters.isEmpty();
    }
  }

  /** Readable once its process has ended. */
  static final class Exit extends FakeFile {
    private final FakeProcess process;

    Exit(FakeProcess process) {
      super("exit of " + process.pid());
      this.process = process;
    }

    @Override
    boolean isReadable() {
      return process.status() != null;
    }
  }

  /** The channel behind a pipe's write end; null if it is none. */
  static @Nullable Channel channelOf(FakeFile file) {
    return file instanceof WriteEnd end ? end.channel : null;
  }
}
