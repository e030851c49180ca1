package dev.prefork.adopt;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Brings the agent's code into the JDK: sockets that ask, and the bridge to what they call. */
final class JdkCode {
  /** Without one of them the program would bind a socket of its own, or take what is not its. */
  static final Set<String> NEEDED =
      Set.of(
          "ServerSocketChannelImpl.bind",
          "ServerSocketChannelImpl.listen",
          "ServerSocketChannelImpl.accept",
          "ServerSocketChannelImpl.configureBlocking",
          "NioSocketImpl.bind",
          "NioSocketImpl.listen",
          "NioSocketImpl.accept",
          "NioSocketImpl.configureBlocking",
          "AsynchronousServerSocketChannelImpl.bind",
          "AsynchronousServerSocketChannelImpl.listen",
          "UnixAsynchronousServerSocketChannelImpl.accept",
          "UnixAsynchronousServerSocketChannelImpl.configureBlocking",
          "EPollSelectorImpl.ctl",
          "EPollPort.ctl",
          "EPollPoller.ctl",
          "UnixFileSystemProvider.unlink",
          "SocketDispatcher.read0",
          "SocketDispatcher.readv0",
          "SocketDispatcher.write0",
          "SocketDispatcher.writev0",
          "FileDispatcherImpl.transferTo0",
          "UnixDispatcher.close",
          "UnixDispatcher.implPreClose",
          "InheritedChannel.getChannel");

  private static final String BRIDGE = "bridge";

  private final Instrumentation instrumentation;

  private JdkCode(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Does so.
   *
   * @return what the bridge leads to
   * @throws IOException if the JDK is another than the code is for; nothing is adopted then
   */
  static JdkDescriptors bring(Instrumentation instrumentation) throws IOException {
    try {
      JdkCode code = new JdkCode(instrumentation);
      PreparedClasses kept = PreparedClasses.load();
      Map<String, byte[]> classes = kept == null ? code.make() : code.redefine(kept);
      return JdkDescriptors.through(Objects.requireNonNull(classes.get(BRIDGE)));
    } catch (ReflectiveOperationException | UnmodifiableClassException | LinkageError e) {
      throw misfit(e.toString());
    }
  }

  private Map<String, byte[]> redefine(PreparedClasses kept)
      throws ClassNotFoundException, UnmodifiableClassException {
    List<ClassDefinition> definitions = new ArrayList<>();
    for (String name : SocketRewriter.CLASSES) {
      byte[] code = Objects.requireNonNull(kept.classes().get(name));
      definitions.add(new ClassDefinition(classOf(name), code));
    }
    instrumentation.redefineClasses(definitions.toArray(ClassDefinition[]::new));
    return kept.classes();
  }

  private Map<String, byte[]> make()
      throws IOException, ClassNotFoundException, UnmodifiableClassException {
    SocketRewriter rewriter = new SocketRewriter();
    instrumentation.addTransformer(rewriter, true);
    try {
      List<Class<?>> classes = new ArrayList<>();
      for (String name : SocketRewriter.CLASSES) {
        classes.add(classOf(name));
      }
      instrumentation.retransformClasses(classes.toArray(Class<?>[]::new));
    } finally {
      var _ = instrumentation.removeTransformer(rewriter);
    }
    if (!rewriter.failures().isEmpty()) {
      throw misfit(rewriter.failures().getFirst().toString());
    }
    if (!rewriter.rewritten().containsAll(NEEDED)) {
      throw misfit("only " + rewriter.rewritten() + " were found");
    }
    Map<String, byte[]> made = new HashMap<>(rewriter.classes());
    made.put(BRIDGE, BridgeCode.make());
    new PreparedClasses(made).keep();
    return made;
  }

  private static Class<?> classOf(String name) throws ClassNotFoundException {
    return Class.forName(name, false, null);
  }

  private static IOException misfit(String why) {
    return new IOException(
        "can't share listeners with a program on this JDK ("
            + Runtime.version()
            + "), whose sockets are not those of JDK 25: "
            + why);
  }
}
