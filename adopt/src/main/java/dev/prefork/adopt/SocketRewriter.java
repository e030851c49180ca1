package dev.prefork.adopt;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the JDK's listening sockets: before they bind, listen, accept or change the blocking
 * mode they ask a function that stands in the system properties under {@link #QUESTIONS}. It gets
 * the call's name and arguments and returns the call's result, or null: then the call is made.
 *
 * <p>The function is an object of a JDK type, and found through a JDK type, because the JDK's
 * classes can't see ours; a class of ours on the boot class path would switch class-data sharing
 * off for the application.
 */
final class SocketRewriter implements ClassFileTransformer {
  /** Where the rewritten classes find the function. */
  static final String QUESTIONS = "dev.prefork.adopt.questions";

  static final String BIND = "bind";
  static final String LISTEN = "listen";
  static final String ACCEPT = "accept";
  static final String CONFIGURE_BLOCKING = "configureBlocking";

  /** A channel is being watched for connections by a selector; the argument is its descriptor. */
  static final String SELECT = "select";

  /** NIO channels and the classic ServerSocket. */
  static final List<String> CLASSES =
      List.of("sun.nio.ch.ServerSocketChannelImpl", "sun.nio.ch.NioSocketImpl");

  private static final ClassDesc FUNCTION = ClassDesc.of(Function.class.getName());
  private static final ClassDesc PROPERTIES = ClassDesc.of(Properties.class.getName());
  private static final ClassDesc SYSTEM = ClassDesc.of(System.class.getName());
  private static final ClassDesc DESCRIPTOR = ClassDesc.of("java.io.FileDescriptor");
  private static final MethodTypeDesc APPLY = MethodTypeDesc.of(CD_Object, CD_Object);
  private static final String WHERE_SELECTED = "translateInterestOps";

  private final Set<String> rewritten = new TreeSet<>();
  private final List<Throwable> failures = new ArrayList<>();

  /** The calls that were found and rewritten, {@code ServerSocketChannelImpl.bind}. */
  Set<String> rewritten() {
    return rewritten;
  }

  /** What went wrong: the JVM would pass over it in silence. */
  List<Throwable> failures() {
    return failures;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (!CLASSES.contains(name.replace('/', '.'))) {
      return null;
    }
    try {
      return rewrite(bytes);
    } catch (RuntimeException | LinkageError e) {
      failures.add(e);
      return null;
    }
  }

  /** Returns the class with its questions. */
  byte[] rewrite(byte[] bytes) {
    ClassFile file = ClassFile.of();
    ClassModel model = file.parse(bytes);
    ClassDesc owner = model.thisClass().asSymbol();
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

  private CodeTransform codeOf(MethodModel method, ClassDesc owner) {
    return method.methodName().equalsString(WHERE_SELECTED)
        ? new TellSelected(owner)
        : (code, element) -> ask(code, element, owner);
  }

  /** Tells at the start of the method that a selector will watch the channel. */
  private final class TellSelected implements CodeTransform {
    private final ClassDesc owner;

    TellSelected(ClassDesc owner) {
      this.owner = owner;
    }

    @Override
    public void atStart(CodeBuilder code) {
      Label untold = code.newLabel();
      Label told = code.newLabel();
      pushFunctionOr(code, untold);
      code.loadConstant(2).anewarray(CD_Object);
      code.dup().loadConstant(0).loadConstant(SELECT).aastore();
      code.dup().loadConstant(1).aload(0).getfield(owner, "fd", DESCRIPTOR).aastore();
      code.invokeinterface(FUNCTION, "apply", APPLY);
      code.goto_(told).labelBinding(untold).labelBinding(told).pop();
      rewritten.add(owner.displayName() + "." + SELECT);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }

  private void ask(CodeBuilder code, CodeElement element, ClassDesc owner) {
    if (!(element instanceof InvokeInstruction call) || !isAsked(call)) {
      code.with(element);
      return;
    }
    MethodTypeDesc type = call.typeSymbol();
    int[] slots = storeArguments(code, type);
    Label original = code.newLabel();
    Label done = code.newLabel();
    pushFunctionOr(code, original);
    pushQuestion(code, call.name().stringValue(), type, slots);
    code.invokeinterface(FUNCTION, "apply", APPLY).dup().ifnull(original);
    if (type.returnType().equals(ConstantDescs.CD_void)) {
      code.pop();
    } else {
      code.checkcast(CD_Integer)
          .invokevirtual(CD_Integer, "intValue", MethodTypeDesc.of(ConstantDescs.CD_int));
    }
    code.goto_(done).labelBinding(original).pop();
    for (int i = 0; i < slots.length; i++) {
      code.loadLocal(TypeKind.from(type.parameterType(i)), slots[i]);
    }
    code.with(call).labelBinding(done);
    rewritten.add(owner.displayName() + "." + call.name().stringValue());
  }

  private static boolean isAsked(InvokeInstruction call) {
    return call.opcode() == Opcode.INVOKESTATIC
        && switch (call.owner().asInternalName()) {
          case "sun/nio/ch/Net" -> Set.of(BIND, LISTEN, ACCEPT).contains(call.name().stringValue());
          case "sun/nio/ch/IOUtil" -> call.name().equalsString(CONFIGURE_BLOCKING);
          default -> false;
        };
  }

  private static int[] storeArguments(CodeBuilder code, MethodTypeDesc type) {
    int[] slots = new int[type.parameterCount()];
    for (int i = slots.length - 1; i >= 0; i--) {
      TypeKind kind = TypeKind.from(type.parameterType(i));
      slots[i] = code.allocateLocal(kind);
      code.storeLocal(kind, slots[i]);
    }
    return slots;
  }

  /** Leaves the function on the stack, or goes to a label with null there. */
  private static void pushFunctionOr(CodeBuilder code, Label none) {
    code.invokestatic(SYSTEM, "getProperties", MethodTypeDesc.of(PROPERTIES))
        .loadConstant(QUESTIONS)
        .invokevirtual(PROPERTIES, "get", MethodTypeDesc.of(CD_Object, CD_Object))
        .dup()
        .ifnull(none)
        .checkcast(FUNCTION);
  }

  private static void pushQuestion(
      CodeBuilder code, String name, MethodTypeDesc type, int[] slots) {
    code.loadConstant(slots.length + 1).anewarray(CD_Object);
    code.dup().loadConstant(0).loadConstant(name).aastore();
    for (int i = 0; i < slots.length; i++) {
      code.dup().loadConstant(i + 1);
      TypeKind kind = TypeKind.from(type.parameterType(i));
      code.loadLocal(kind, slots[i]);
      box(code, type.parameterType(i));
      code.aastore();
    }
  }

  private static void box(CodeBuilder code, ClassDesc type) {
    if (type.equals(ConstantDescs.CD_int)) {
      code.invokestatic(CD_Integer, "valueOf", MethodTypeDesc.of(CD_Integer, type));
    } else if (type.equals(ConstantDescs.CD_boolean)) {
      ClassDesc wrapper = ConstantDescs.CD_Boolean;
      code.invokestatic(wrapper, "valueOf", MethodTypeDesc.of(wrapper, type));
    }
  }
}
