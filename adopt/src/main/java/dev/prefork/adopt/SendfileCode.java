package dev.prefork.adopt;

import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Field;
import jdk.internal.misc.Unsafe;

/**
 * Who does the calls of the JDK's file channels, extended by what tells the bytes that sendfile(2)
 * moves. The JDK's own is not rewritten: a JVM that records (JFR) or checks signed jars before its
 * main has loaded it, and then an agent alone could rewrite it.
 */
final class SendfileCode {
  /** Its name. */
  static final String NAME = "sun.nio.ch.PreforkFileDispatcher";

  /** What it extends. */
  static final String PARENT = "sun.nio.ch.FileDispatcherImpl";

  private static final String CHANNEL = "sun.nio.ch.FileChannelImpl";
  private static final String DISPATCHER = "nd";
  private static final String TRANSFER = "transferTo";
  private static final ClassDesc PARENT_TYPE = ClassDesc.of(PARENT);

  private SendfileCode() {}

  /**
   * Makes the class.
   *
   * @param rewritten its parent as {@link SocketRewriter} would have it
   */
  static byte[] make(byte[] rewritten) {
    ClassFile file = ClassFile.of();
    return file.build(
        ClassDesc.of(NAME),
        type -> {
          type.withFlags(ClassFile.ACC_FINAL)
              .withSuperclass(PARENT_TYPE)
              .withMethodBody(INIT_NAME, MTD_void, 0, SendfileCode::construct);
          for (MethodModel method : file.parse(rewritten).methods()) {
            if (method.methodName().equalsString(TRANSFER)) {
              type.with(method);
            }
          }
        });
  }

  private static void construct(CodeBuilder code) {
    code.aload(0).invokespecial(PARENT_TYPE, INIT_NAME, MTD_void).return_();
  }

  /**
   * Gives all file channels one of these. Theirs is a constant: nothing that depends on it has been
   * compiled before the program's main.
   *
   * @throws ReflectiveOperationException if the JDK's file channels are others
   */
  static void install(Class<?> made) throws ReflectiveOperationException {
    Field dispatcher = Class.forName(CHANNEL).getDeclaredField(DISPATCHER);
    Unsafe unsafe = Unsafe.getUnsafe();
    unsafe.putReferenceVolatile(
        unsafe.staticFieldBase(dispatcher),
        unsafe.staticFieldOffset(dispatcher),
        dispatcher.getType().cast(unsafe.allocateInstance(made)));
  }
}
