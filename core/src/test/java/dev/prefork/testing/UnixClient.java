package dev.prefork.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A client of a Unix-domain socket. Waits for nothing longer than {@link Await#BOUND}. */
public final class UnixClient {
  private UnixClient() {}

  /** Connects, sends, reads to end of file; fails unless that works. */
  public static String ask(Path path, String request) {
    FutureTask<String> conversation = new FutureTask<>(() -> converse(path, request));
    Thread.ofPlatform().daemon().start(conversation);
    try {
      return conversation.get(Await.BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer on " + path, e);
    }
  }

  private static String converse(Path path, String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      var _ = channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      byte[] answer = Channels.newInputStream(channel).readAllBytes();
      return new String(answer, StandardCharsets.UTF_8);
    }
  }
}
