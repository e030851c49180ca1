package dev.prefork.programs;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Netty, on the transport of the second argument: {@code nio}, {@code epoll}, {@code io_uring}, or
 * the best that says it is there, as most programs choose. Its shutdown waits for no request: ours
 * does.
 */
public final class NettyServer {
  private static final int GRACE_S = 10;
  private static final int THREADS = 4;
  private static final int BODY = 65_536;

  private static final OpenRequests OPEN = new OpenRequests();

  private NettyServer() {}

  private record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> channel) {
    static Transport of(String name) {
      return switch (name) {
        case "nio" -> new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
        case "epoll" -> new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
        case "io_uring" ->
            new Transport(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
        default -> of(IoUring.isAvailable() ? "io_uring" : Epoll.isAvailable() ? "epoll" : "nio");
      };
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Transport transport = Transport.of(args.length > 1 ? args[1] : "best");
    System.out.println("serving by " + transport.channel().getSimpleName());
    EventLoopGroup acceptors = new MultiThreadIoEventLoopGroup(1, transport.handlers());
    EventLoopGroup servers = new MultiThreadIoEventLoopGroup(THREADS, transport.handlers());
    Channel listener =
        new ServerBootstrap()
            .group(acceptors, servers)
            .channel(transport.channel())
            .childHandler(pipeline())
            .bind(Integer.parseInt(args[0]))
            .sync()
            .channel();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              var _ = listener.close().syncUninterruptibly();
              OPEN.awaitNone();
              stop(servers);
              stop(acceptors);
            }));
  }

  private static void stop(EventLoopGroup group) {
    var _ = group.shutdownGracefully(0, GRACE_S, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static ChannelHandler pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(BODY),
                new HttpServerKeepAliveHandler(),
                new Pid());
      }
    };
  }

  private static final class Pid extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      OPEN.begin();
      long delayMs = Answers.delayMs(request.uri());
      var _ = context.executor().schedule(() -> answer(context), delayMs, TimeUnit.MILLISECONDS);
    }

    private static void answer(ChannelHandlerContext context) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer(Answers.now(), StandardCharsets.US_ASCII));
      HttpUtil.setContentLength(response, response.content().readableBytes());
      var _ = context.writeAndFlush(response).addListener(_ -> OPEN.end());
    }
  }
}
