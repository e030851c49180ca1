package dev.prefork.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jdk.internal.misc.Unsafe;

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

  private JdkCode() {}

  /**
   * Does so.
   *
   * @param paths whether a listener is shared that stands at a path
   * @return what the bridge leads to
   * @throws IOException if the JDK is another than the code is for; nothing is adopted then
   */
  static JdkDescriptors bring(boolean paths) throws IOException {
    try {
      PreparedClasses kept = PreparedClasses.load();
      Map<String, byte[]> classes = kept == null ? make() : kept.classes();
      List<String> known = defineAll(classes);
      if (paths) {
        known.add(SocketRewriter.FILE_SYSTEM);
      }
      redefine(known, classes);
      SendfileCode.install(define(SendfileCode.NAME, classes));
      defineLocales(classes);
      return JdkDescriptors.through(define(BridgeCode.NAME, classes));
    } catch (ReflectiveOperationException
        | UnmodifiableClassException
        | LinkageError
        | IllegalArgumentException e) {
      throw misfit(e.toString());
    }
  }

  /**
   * Makes the code, whose names are those of the classes. It takes longer than all else that the
   * agent does.
   *
   * @throws IOException as {@link #bring} does
   */
  static Map<String, byte[]> make() throws IOException {
    SocketRewriter rewriter = new SocketRewriter();
    Map<String, byte[]> made = new HashMap<>();
    for (String name : SocketRewriter.CLASSES) {
      made.put(name, rewriter.rewrite(original(name)));
    }
    made.put(SendfileCode.NAME, SendfileCode.make(rewriter.rewrite(original(SendfileCode.PARENT))));
    if (!rewriter.rewritten().containsAll(NEEDED)) {
      throw misfit("only " + rewriter.rewritten() + " were found");
    }
    made.put(BridgeCode.NAME, BridgeCode.make());
    return made;
  }

  /** A class of the JDK as it is. */
  static byte[] original(String name) throws IOException {
    String file = '/' + name.replace('.', '/') + ".class";
    try (InputStream original = Object.class.getResourceAsStream(file)) {
      if (original == null) {
        throw misfit("there is no " + name);
      }
      return original.readAllBytes();
    }
  }

  /**
   * Defines the sockets' classes before the JDK does. Returns those that it has loaded, as where
   * JMX listens from the JVM's start on.
   */
  private static List<String> defineAll(Map<String, byte[]> classes) {
    List<String> known = new ArrayList<>();
    for (String name : SocketRewriter.CLASSES) {
      if (!name.equals(SocketRewriter.FILE_SYSTEM)) {
        try {
          var _ = define(name, classes);
        } catch (LinkageError e) {
          known.add(name);
        }
      }
    }
    return known;
  }

  /** Speeds the JVM up, and no more: one that has listed its locales already has no use for it. */
  private static void defineLocales(Map<String, byte[]> classes) {
    if (classes.containsKey(LocalesCode.NAME)) {
      try {
        var _ = define(LocalesCode.NAME, classes);
      } catch (LinkageError e) {
        // the JDK has loaded its own
      }
    }
  }

  /** As the JDK's own. A lookup would do so as well, and parse each once more. */
  private static Class<?> define(String name, Map<String, byte[]> classes) {
    byte[] code = Objects.requireNonNull(classes.get(name));
    return Unsafe.getUnsafe().defineClass(name, code, 0, code.length, null, null);
  }

  private static void redefine(List<String> known, Map<String, byte[]> classes)
      throws ClassNotFoundException, UnmodifiableClassException {
    ClassDefinition[] definitions = new ClassDefinition[known.size()];
    for (int i = 0; i < definitions.length; i++) {
      String name = known.get(i);
      definitions[i] =
          new ClassDefinition(
              Class.forName(name, false, null), Objects.requireNonNull(classes.get(name)));
    }
    if (definitions.length > 0) {
      Agent.load().redefineClasses(definitions);
    }
  }

  private static IOException misfit(String why) {
    return new IOException(
        "can't share listeners with a program on this JDK ("
            + Runtime.version()
            + "), whose sockets are not those of JDK 25: "
            + why);
  }
}
