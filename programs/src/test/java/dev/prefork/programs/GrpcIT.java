package dev.prefork.programs;

import dev.prefork.testing.Await;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

/**
 * gRPC with a copy of Netty that has been moved into a package of its own. Its client opens another
 * connection by itself when the server says that it goes (GOAWAY).
 */
@Tag("slow")
class GrpcIT extends ProgramContract {
  /** Calls are computed by other threads than Netty's, which read. */
  @Override
  boolean findsLoops() {
    return false;
  }

  @Override
  ServerProgram program() {
    return ServerProgram.main(GrpcServer.class, "PORT");
  }

  @Override
  Client client() {
    return new Caller(address());
  }

  private static final class Caller implements Client {
    private static final int OK = 200;

    private final ManagedChannel channel;

    Caller(InetSocketAddress address) {
      channel =
          ManagedChannelBuilder.forAddress(address.getHostString(), address.getPort())
              .usePlaintext()
              .disableRetry()
              .build();
    }

    @Override
    public Answer get(String path, boolean keep) throws IOException {
      CallOptions bounded =
          CallOptions.DEFAULT.withDeadlineAfter(Await.BOUND.toMillis(), TimeUnit.MILLISECONDS);
      try {
        String body = ClientCalls.blockingUnaryCall(channel, GrpcServer.ANSWER, bounded, path);
        return new Answer(OK, body, !keep);
      } catch (StatusRuntimeException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    /** What its own client may try again, it has. */
    @Override
    public boolean isBetweenAnswers() {
      return false;
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
