package dev.prefork.programs;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** gRPC, on the copy of Netty that its {@code grpc-netty-shaded} brings. */
public final class GrpcServer {
  /** Takes a path and gives an answer, both as plain text: no compiler of messages is needed. */
  static final MethodDescriptor<String, String> ANSWER =
      MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("prefork.Program/Answer")
          .build();

  private static final int GRACE_S = 10;

  private GrpcServer() {}

  private record Text() implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Server server =
        ServerBuilder.forPort(Integer.parseInt(args[0]))
            .addService(
                ServerServiceDefinition.builder("prefork.Program")
                    .addMethod(
                        ANSWER,
                        ServerCalls.asyncUnaryCall((path, answers) -> {
                          answers.onNext(Answers.to(path));
                          answers.onCompleted();
                        }))
                    .build())
            .build()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
    server.awaitTermination(); // its threads are daemons
  }

  private static void stop(Server server) {
    try {
      var _ = server.shutdown().awaitTermination(GRACE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
