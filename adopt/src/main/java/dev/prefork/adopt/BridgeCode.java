package dev.prefork.adopt;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A class in the JDK's own package of sockets, through which the agent reaches the native methods
 * there: a function of the number of a call and its arguments, which puts itself into the system
 * properties. Reflection would spin method handles for each of them, a hundred milliseconds in all.
 */
final class BridgeCode {
  /** Where it is found. */
  static final String PROPERTY = "dev.prefork.adopt.bridge";

  /** Its name. */
  static final String NAME = "sun.nio.ch.PreforkBridge";

  /**
   * The JDK's only dup2(2) is private: {@code InheritedChannel.getChannel} is rewritten to make one
   * for the thread that has left here, before the thread's number, which descriptor is to replace
   * which.
   */
  static final String DUP2 = "dev.prefork.adopt.dup2.";

  /** Nothing: what {@link #DUP2} says is done. */
  static final int REPLACE = 0;

  /** Epoll set, operation, descriptor, events; the errno. */
  static final int CONTROL = 1;

  /** Family, address, backlog; the number of a socket that never blocks. */
  static final int LISTEN = 2;

  /** Backlog; the number of a socket of the Unix domain that never blocks, at a path of its own. */
  static final int LISTEN_AT_PATH = 8;

  /** Descriptor, backlog. */
  static final int RESIZE = 3;

  /** Descriptor; its address. */
  static final int ADDRESS = 4;

  /** Descriptor; its path. */
  static final int PATH = 9;

  /** Nothing; the thread's number. */
  static final int THREAD = 5;

  /** The thread's number. */
  static final int INTERRUPT = 6;

  /** Descriptor. */
  static final int CLOSE = 7;

  /** The number of a new epoll set. */
  static final int OPEN_EPOLL = 10;

  /** The address of memory for one event. */
  static final int ALLOCATE_EVENT = 11;

  /** Epoll set, memory for an event, milliseconds. */
  static final int AWAIT_EPOLL = 12;

  /** Descriptor; the address of its peer. */
  static final int PEER = 13;

  private static final String PACKAGE = "sun.nio.ch.";
  private static final ClassDesc SELF = ClassDesc.of(NAME);
  private static final ClassDesc NET = ClassDesc.of(PACKAGE + "Net");
  private static final ClassDesc UNIX = ClassDesc.of(PACKAGE + "UnixDomainSockets");
  private static final ClassDesc IO_UTIL = ClassDesc.of(PACKAGE + "IOUtil");
  private static final ClassDesc EPOLL = ClassDesc.of(PACKAGE + "EPoll");
  private static final ClassDesc NATIVE_THREAD = ClassDesc.of(PACKAGE + "NativeThread");
  private static final ClassDesc FILES = ClassDesc.of(PACKAGE + "UnixFileDispatcherImpl");
  private static final ClassDesc DESCRIPTOR = ClassDesc.of("java.io.FileDescriptor");
  private static final ClassDesc CHANNEL = ClassDesc.of(Channel.class.getName());
  private static final ClassDesc FAMILY = ClassDesc.of(ProtocolFamily.class.getName());
  private static final ClassDesc IP = ClassDesc.of(InetAddress.class.getName());
  private static final ClassDesc ADDRESS_TYPE = ClassDesc.of(InetSocketAddress.class.getName());
  private static final ClassDesc UNIX_ADDRESS =
      ClassDesc.of(UnixDomainSocketAddress.class.getName());
  private static final ClassDesc FILE_PATH = ClassDesc.of(Path.class.getName());
  private static final ClassDesc FUNCTION = ClassDesc.of(Function.class.getName());
  private static final ClassDesc PROPERTIES = ClassDesc.of(Properties.class.getName());
  private static final int CALL = 1;

  private BridgeCode() {}

  /** Makes the class. */
  static byte[] make() {
    return ClassFile.of()
        .build(
            SELF,
            type ->
                type.withFlags(ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(FUNCTION)
                    .withMethodBody(
                        CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, BridgeCode::publish)
                    .withMethodBody(INIT_NAME, MTD_void, 0, BridgeCode::construct)
                    .withMethodBody(
                        "apply",
                        MethodTypeDesc.of(CD_Object, CD_Object),
                        ClassFile.ACC_PUBLIC,
                        BridgeCode::apply));
  }

  private static void publish(CodeBuilder code) {
    code.invokestatic(
            ClassDesc.of("java.lang.System"), "getProperties", MethodTypeDesc.of(PROPERTIES))
        .loadConstant(PROPERTY)
        .new_(SELF)
        .dup()
        .invokespecial(SELF, INIT_NAME, MTD_void)
        .invokevirtual(PROPERTIES, "put", MethodTypeDesc.of(CD_Object, CD_Object, CD_Object))
        .pop()
        .return_();
  }

  private static void construct(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  private static void apply(CodeBuilder code) {
    code.aload(CALL).checkcast(CD_Object.arrayType()).astore(CALL);
    when(code, REPLACE, BridgeCode::replace);
    when(code, CONTROL, BridgeCode::control);
    when(code, LISTEN, BridgeCode::listen);
    when(code, RESIZE, BridgeCode::resize);
    when(code, ADDRESS, BridgeCode::address);
    when(code, THREAD, BridgeCode::thread);
    when(code, INTERRUPT, BridgeCode::interrupt);
    when(code, CLOSE, BridgeCode::close);
    when(code, LISTEN_AT_PATH, BridgeCode::listenAtPath);
    when(code, PATH, BridgeCode::path);
    when(code, OPEN_EPOLL, BridgeCode::openEpoll);
    when(code, ALLOCATE_EVENT, BridgeCode::allocateEvent);
    when(code, AWAIT_EPOLL, BridgeCode::awaitEpoll);
    when(code, PEER, BridgeCode::peer);
    code.aconst_null().areturn();
  }

  /** The code of one call; it leaves an object. */
  private static void when(CodeBuilder code, int number, Consumer<CodeBuilder> body) {
    Label next = code.newLabel();
    number(code, 0);
    code.loadConstant(number).if_icmpne(next);
    body.accept(code);
    code.areturn().labelBinding(next);
  }

  private static void replace(CodeBuilder code) {
    code.invokestatic(
        ClassDesc.of(PACKAGE + "InheritedChannel"), "getChannel", MethodTypeDesc.of(CHANNEL));
  }

  private static void control(CodeBuilder code) {
    for (int i = 1; i <= 4; i++) {
      number(code, i);
    }
    code.invokestatic(EPOLL, "ctl", MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int, CD_int));
    boxed(code);
  }

  private static void listen(CodeBuilder code) {
    argument(code, 1, FAMILY);
    code.invokestatic(NET, "serverSocket", MethodTypeDesc.of(DESCRIPTOR, FAMILY)).astore(2);
    argument(code, 1, FAMILY);
    code.aload(2);
    argument(code, 2, IP);
    code.iconst_0()
        .invokestatic(NET, "bind", MethodTypeDesc.of(CD_void, FAMILY, DESCRIPTOR, IP, CD_int));
    listenUnblocked(code, 3);
  }

  private static void listenAtPath(CodeBuilder code) {
    code.invokestatic(UNIX, "socket", MethodTypeDesc.of(DESCRIPTOR))
        .astore(2)
        .aload(2)
        .invokestatic(UNIX, "generateTempName", MethodTypeDesc.of(UNIX_ADDRESS))
        .invokevirtual(UNIX_ADDRESS, "getPath", MethodTypeDesc.of(FILE_PATH))
        .invokestatic(UNIX, "bind", MethodTypeDesc.of(CD_void, DESCRIPTOR, FILE_PATH));
    listenUnblocked(code, 1);
  }

  /** Of the descriptor in slot 2, with the backlog of that argument; leaves its number. */
  private static void listenUnblocked(CodeBuilder code, int backlog) {
    code.aload(2);
    number(code, backlog);
    code.invokestatic(NET, "listen", MethodTypeDesc.of(CD_void, DESCRIPTOR, CD_int))
        .aload(2)
        .iconst_0()
        .invokestatic(
            IO_UTIL, "configureBlocking", MethodTypeDesc.of(CD_void, DESCRIPTOR, CD_boolean))
        .aload(2)
        .invokestatic(IO_UTIL, "fdVal", MethodTypeDesc.of(CD_int, DESCRIPTOR));
    boxed(code);
  }

  private static void resize(CodeBuilder code) {
    descriptor(code, 1);
    number(code, 2);
    code.invokestatic(NET, "listen", MethodTypeDesc.of(CD_void, DESCRIPTOR, CD_int)).aconst_null();
  }

  private static void address(CodeBuilder code) {
    descriptor(code, 1);
    code.invokestatic(NET, "localAddress", MethodTypeDesc.of(ADDRESS_TYPE, DESCRIPTOR));
  }

  private static void peer(CodeBuilder code) {
    descriptor(code, 1);
    code.invokestatic(NET, "remoteAddress", MethodTypeDesc.of(ADDRESS_TYPE, DESCRIPTOR));
  }

  private static void path(CodeBuilder code) {
    descriptor(code, 1);
    code.invokestatic(UNIX, "localAddress", MethodTypeDesc.of(UNIX_ADDRESS, DESCRIPTOR));
  }

  private static void openEpoll(CodeBuilder code) {
    code.invokestatic(EPOLL, "create", MethodTypeDesc.of(CD_int));
    boxed(code);
  }

  private static void allocateEvent(CodeBuilder code) {
    code.iconst_1()
        .invokestatic(EPOLL, "allocatePollArray", MethodTypeDesc.of(CD_long, CD_int))
        .invokestatic(CD_Long, "valueOf", MethodTypeDesc.of(CD_Long, CD_long));
  }

  private static void awaitEpoll(CodeBuilder code) {
    number(code, 1);
    argument(code, 2, CD_Long);
    code.invokevirtual(CD_Long, "longValue", MethodTypeDesc.of(CD_long)).iconst_1();
    number(code, 3);
    code.invokestatic(EPOLL, "wait", MethodTypeDesc.of(CD_int, CD_int, CD_long, CD_int, CD_int))
        .pop()
        .aconst_null();
  }

  private static void thread(CodeBuilder code) {
    code.invokestatic(NATIVE_THREAD, "current", MethodTypeDesc.of(CD_long))
        .invokestatic(CD_Long, "valueOf", MethodTypeDesc.of(CD_Long, CD_long));
  }

  private static void interrupt(CodeBuilder code) {
    argument(code, 1, CD_Long);
    code.invokevirtual(CD_Long, "longValue", MethodTypeDesc.of(CD_long))
        .invokestatic(NATIVE_THREAD, "signal", MethodTypeDesc.of(CD_void, CD_long))
        .aconst_null();
  }

  private static void close(CodeBuilder code) {
    number(code, 1);
    code.invokestatic(FILES, "closeIntFD", MethodTypeDesc.of(CD_void, CD_int)).aconst_null();
  }

  private static void argument(CodeBuilder code, int index, ClassDesc type) {
    code.aload(CALL).loadConstant(index).aaload().checkcast(type);
  }

  private static void number(CodeBuilder code, int index) {
    argument(code, index, CD_Integer);
    code.invokevirtual(CD_Integer, "intValue", MethodTypeDesc.of(CD_int));
  }

  private static void descriptor(CodeBuilder code, int index) {
    number(code, index);
    code.invokestatic(IO_UTIL, "newFD", MethodTypeDesc.of(DESCRIPTOR, CD_int));
  }

  private static void boxed(CodeBuilder code) {
    code.invokestatic(CD_Integer, "valueOf", MethodTypeDesc.of(CD_Integer, CD_int));
  }
}
