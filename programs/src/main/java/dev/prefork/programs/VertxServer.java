package dev.prefork.programs;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Vert.x, which takes its native transport if there is one and the second argument is native. */
public final class VertxServer {
  private static final int GRACE_S = 10;

  private VertxServer() {}

  public static void main(String[] args) {
    boolean nativeTransport = args.length > 1 && args[1].equals("native");
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(nativeTransport));
    HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(vertx, request));
    var _ = await(server.listen(Integer.parseInt(args[0])));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              var _ = await(server.shutdown(GRACE_S, TimeUnit.SECONDS));
              var _ = await(vertx.close());
            }));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static void answer(Vertx vertx, HttpServerRequest request) {
    long delayMs = Answers.delayMs(request.path());
    if (delayMs == 0) {
      var _ = request.response().end(Answers.now());
    } else {
      var _ = vertx.setTimer(delayMs, _ -> request.response().end(Answers.now()));
    }
  }
}
