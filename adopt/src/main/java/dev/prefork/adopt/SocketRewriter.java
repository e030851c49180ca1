package dev.prefork.adopt;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Rewrites the JDK's sockets: before they bind, listen, accept, change the blocking mode or what an
 * epoll set watches, they ask a function that stands in the system properties; and they tell it
 * what was accepted, and what ends: {@link Question}.
 *
 * <p>The function is an object of a JDK type, and found through a JDK type, because the JDK's
 * classes can't see ours; a class of ours on the boot class path would switch class-data sharing
 * off for the application.
 */
final class SocketRewriter {
  /** Every socket's descriptor is closed here, or first made to mean nothing. */
  private static final String DISPATCHER = "UnixDispatcher";

  /** Its private dup2 is to be had for others, too: {@link BridgeCode#DUP2}. */
  private static final String INHERITED = "InheritedChannel";

  /** Deletes files: of interest to who shares a path alone. */
  static final String FILE_SYSTEM = "sun.nio.fs.UnixFileSystemProvider";

  private static final String GET_CHANNEL = "getChannel";

  private static final Set<String> CLOSERS = Set.of("close", "implPreClose");

  /**
   * NIO channels, the classic ServerSocket, asynchronous channels, and who waits for them; and who
   * deletes files: a socket's path is shared as the socket is. Who extends another one stands after
   * it, since the JDK would load that one itself.
   */
  static final List<String> CLASSES =
      List.of(
          "sun.nio.ch.ServerSocketChannelImpl",
          "sun.nio.ch.NioSocketImpl",
          "sun.nio.ch.AsynchronousServerSocketChannelImpl",
          "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl",
          "sun.nio.ch.EPollSelectorImpl",
          "sun.nio.ch.EPollPort",
          "sun.nio.ch.EPollPoller",
          FILE_SYSTEM,
          "sun.nio.ch." + DISPATCHER,
          "sun.nio.ch.SocketDispatcher",
          "sun.nio.ch." + INHERITED);

  /** The calls that are asked about, by the class whose static methods they are. */
  private static final Map<String, Set<String>> ASKED =
      Map.of(
          "sun/nio/ch/Net", Set.of(Question.BIND, Question.LISTEN, Question.ACCEPT),
          "sun/nio/ch/UnixDomainSockets", Set.of(Question.BIND, Question.ACCEPT),
          "sun/nio/ch/IOUtil", Set.of(Question.CONFIGURE_BLOCKING),
          "sun/nio/fs/UnixNativeDispatcher", Set.of(Question.UNLINK),
          "sun/nio/ch/EPoll", Set.of(Question.CONTROL));

  /** The calls that move bytes, by the class that makes them: its own native methods. */
  private static final Map<String, Map<String, Moving>> MOVING =
      Map.of(
          "sun/nio/ch/SocketDispatcher",
          Map.of(
              "read0", new Moving(0, false),
              "readv0", new Moving(0, false),
              "write0", new Moving(0, true),
              "writev0", new Moving(0, true)),
          "sun/nio/ch/FileDispatcherImpl",
          Map.of("transferTo0", new Moving(3, true)));

  /** Which argument is the descriptor that bytes come from or go to, and whether they go. */
  record Moving(int descriptor, boolean sent) {}

  private final Set<String> rewritten = new TreeSet<>();

  /** The calls that were found and rewritten, {@code ServerSocketChannelImpl.bind}. */
  Set<String> rewritten() {
    return rewritten;
  }

  /** Returns the class with its questions. */
  byte[] rewrite(byte[] bytes) {
    ClassFile file = ClassFile.of();
    ClassModel model = file.parse(bytes);
    String owner = model.thisClass().asSymbol().displayName();
    ClassTransform rewrite =
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            builder.transformMethod(
                method, MethodTransform.transformingCode(codeOf(method, owner)));
          } else {
            builder.with(element);
          }
        };
    return file.transformClass(model, rewrite);
  }

  private CodeTransform codeOf(MethodModel method, String owner) {
    String name = method.methodName().stringValue();
    if (owner.equals(DISPATCHER) && CLOSERS.contains(name)) {
      return new Prologue(owner + "." + name, QuestionCode::tellClose);
    }
    if (owner.equals(INHERITED) && name.equals(GET_CHANNEL)) {
      return new Prologue(owner + "." + name, QuestionCode::replaceIfAsked);
    }
    return (code, element) -> ask(code, element, owner);
  }

  /** Puts code before a method's own. */
  private final class Prologue implements CodeTransform {
    private final String where;
    private final Consumer<CodeBuilder> prologue;

    Prologue(String where, Consumer<CodeBuilder> prologue) {
      this.where = where;
      this.prologue = prologue;
    }

    @Override
    public void atStart(CodeBuilder code) {
      prologue.accept(code);
      rewritten.add(where);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }

  private void ask(CodeBuilder code, CodeElement element, String owner) {
    if (element instanceof InvokeInstruction call && call.opcode() == Opcode.INVOKESTATIC) {
      String name = call.name().stringValue();
      Moving moving = of(MOVING, call, Map.of()).get(name);
      if (moving != null) {
        QuestionCode.tellMoved(code, call, moving);
        rewritten.add(owner + "." + name);
        return;
      }
      if (of(ASKED, call, Set.<String>of()).contains(name)) {
        QuestionCode.ask(code, call);
        rewritten.add(owner + "." + name);
        return;
      }
    }
    code.with(element);
  }

  private static <T> T of(Map<String, T> calls, InvokeInstruction call, T none) {
    return calls.getOrDefault(call.owner().asInternalName(), none);
  }
}
