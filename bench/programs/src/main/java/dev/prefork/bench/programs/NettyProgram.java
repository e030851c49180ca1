package dev.prefork.bench.programs;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/**
 * Netty on NIO, an event loop for each processor, one of which accepts: a worker with one processor
 * has one, as a process of nginx. Its shutdown waits for no request: ours does.
 */
final class NettyProgram {
  private static final int BACKLOG = 1_024;
  private static final int THREADS = 32;
  private static final int GRACE_S = 10;

  /** Requests that are not answered yet, and the shutdown that waits for them. */
  private static final Phaser OPEN = new Phaser(1);

  private NettyProgram() {}

  static void serve(int port) throws InterruptedException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
    Channel listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(pipeline(Executors.newFixedThreadPool(THREADS)))
            .bind("127.0.0.1", port)
            .sync()
            .channel();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              var _ = listener.close().syncUninterruptibly();
              var _ = OPEN.arriveAndAwaitAdvance();
              var _ = loops.shutdownGracefully(0, GRACE_S, TimeUnit.SECONDS).syncUninterruptibly();
            }));
  }

  private static ChannelHandler pipeline(ExecutorService computing) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                new HttpServerCodec(), new HttpServerKeepAliveHandler(), new Answering(computing));
      }
    };
  }

  private static final class Answering extends SimpleChannelInboundHandler<HttpObject> {
    private final ExecutorService computing;

    Answering(ExecutorService computing) {
      this.computing = computing;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (!(part instanceof HttpRequest request)) {
        return;
      }
      var _ = OPEN.register();
      String path = request.uri();
      if (Answers.computes(path)) {
        computing.execute(() -> answer(context, path));
      } else {
        answer(context, path);
      }
    }

    private static void answer(ChannelHandlerContext context, String path) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.wrappedBuffer(Answers.to(path)));
      HttpUtil.setContentLength(response, response.content().readableBytes());
      var _ = context.writeAndFlush(response).addListener(_ -> OPEN.arriveAndDeregister());
    }
  }
}
