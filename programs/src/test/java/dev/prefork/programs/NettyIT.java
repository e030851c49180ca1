package dev.prefork.programs;

import dev.prefork.cli.RunningCommand;
import org.junit.jupiter.api.Test;

/** Netty, which has transports of its own that the JDK's sockets know nothing of. */
class NettyIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(NettyServer.class, "PORT", "best");
  }

  @Test
  void aNativeTransportThatIsInsistedOnIsRefused() {
    commands.expect("could not start: exited with 1");
    RunningCommand server =
        launch(ServerProgram.main(NettyServer.class, "PORT", "epoll"), "--workers", "1");
    server.awaitLog("-Dio.netty.transport.noNative=true");
    server.awaitLog("could not start: exited with 1: bound nothing, never 127.0.0.1:");
  }
}
