package dev.prefork.adopt;

import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/** The instructions by which a rewritten class asks a {@link Question}. */
final class QuestionCode {
  private static final ClassDesc BINARY_OPERATOR = ClassDesc.of(LongBinaryOperator.class.getName());
  private static final ClassDesc FUNCTION = ClassDesc.of(Function.class.getName());
  private static final ClassDesc PROPERTIES = ClassDesc.of(Properties.class.getName());
  private static final ClassDesc SYSTEM = ClassDesc.of(System.class.getName());
  private static final ClassDesc THREAD = ClassDesc.of(Thread.class.getName());
  private static final ClassDesc INHERITED = ClassDesc.of("sun.nio.ch.InheritedChannel");
  private static final ClassDesc DESCRIPTOR = ClassDesc.of("java.io.FileDescriptor");
  private static final ClassDesc IO_UTIL = ClassDesc.of("sun.nio.ch.IOUtil");
  private static final MethodTypeDesc APPLY = MethodTypeDesc.of(CD_Object, CD_Object);

  private QuestionCode() {}

  /** Asks before a call, and makes it if there is no answer. */
  static void ask(CodeBuilder code, InvokeInstruction call) {
    MethodTypeDesc type = call.typeSymbol();
    int[] slots = storeArguments(code, type);
    Label again = code.newBoundLabel();
    Label original = code.newLabel();
    Label done = code.newLabel();
    pushFunctionOr(code, original);
    pushQuestion(code, call.name().stringValue(), type.parameterList(), slots);
    code.invokeinterface(FUNCTION, "apply", APPLY).dup().ifnull(original);
    if (type.returnType().equals(CD_void)) {
      code.pop();
    } else {
      code.checkcast(CD_Integer).invokevirtual(CD_Integer, "intValue", MethodTypeDesc.of(CD_int));
    }
    code.goto_(done).labelBinding(original).pop();
    loadArguments(code, type, slots);
    code.with(call).labelBinding(done);
    if (call.name().equalsString(Question.ACCEPT)) {
      tellAccepted(code, slots, again);
    }
  }

  /** The call's result, which stays where it is if there is no answer, says how it went. */
  private static void tellAccepted(CodeBuilder code, int[] slots, Label again) {
    int result = code.allocateLocal(TypeKind.INT);
    code.istore(result);
    int[] told = {slots[0], slots[1], result};
    tell(code, Question.ACCEPTED, List.of(DESCRIPTOR, DESCRIPTOR, CD_int), told);
    code.ifnonnull(again).iload(result);
  }

  /**
   * Makes a call that moves bytes and tells how many, if any: {@link Traffic}, which says how many
   * were received.
   */
  static void tellMoved(CodeBuilder code, InvokeInstruction call, SocketRewriter.Moving moving) {
    MethodTypeDesc type = call.typeSymbol();
    int[] slots = storeArguments(code, type);
    loadArguments(code, type, slots);
    code.with(call);
    TypeKind kind = TypeKind.from(type.returnType());
    int result = code.allocateLocal(kind);
    Label none = code.newLabel();
    Label nobody = code.newLabel();
    code.storeLocal(kind, result);
    loadAsLong(code, kind, result);
    code.lconst_0().lcmp().ifle(none);
    pushPropertyOr(code, Traffic.PROPERTY, BINARY_OPERATOR, nobody);
    code.aload(slots[moving.descriptor()])
        .invokestatic(IO_UTIL, "fdVal", MethodTypeDesc.of(CD_int, DESCRIPTOR))
        .i2l();
    loadAsLong(code, kind, result);
    if (moving.sent()) {
      code.lneg();
    }
    code.invokeinterface(
        BINARY_OPERATOR, "applyAsLong", MethodTypeDesc.of(CD_long, CD_long, CD_long));
    if (moving.sent()) {
      code.pop2();
    } else {
      storeLong(code, kind, result);
    }
    code.goto_(none).labelBinding(nobody).pop().labelBinding(none).loadLocal(kind, result);
  }

  private static void storeLong(CodeBuilder code, TypeKind kind, int slot) {
    if (kind == TypeKind.INT) {
      code.l2i();
    }
    code.storeLocal(kind, slot);
  }

  private static void loadAsLong(CodeBuilder code, TypeKind kind, int slot) {
    code.loadLocal(kind, slot);
    if (kind == TypeKind.INT) {
      code.i2l();
    }
  }

  /** Tells that a socket ends whose descriptor is the first argument of this method. */
  static void tellClose(CodeBuilder code) {
    tell(code, Question.CLOSE, List.of(DESCRIPTOR), new int[] {code.parameterSlot(0)});
    code.pop();
  }

  /** In the JDK's InheritedChannel.getChannel: does {@link BridgeCode#DUP2} and returns, or not. */
  static void replaceIfAsked(CodeBuilder code) {
    Label no = code.newLabel();
    int pair = code.allocateLocal(TypeKind.REFERENCE);
    code.invokestatic(SYSTEM, "getProperties", MethodTypeDesc.of(PROPERTIES))
        .loadConstant(BridgeCode.DUP2)
        .invokestatic(THREAD, "currentThread", MethodTypeDesc.of(THREAD))
        .invokevirtual(THREAD, "threadId", MethodTypeDesc.of(CD_long))
        .invokestatic(CD_String, "valueOf", MethodTypeDesc.of(CD_String, CD_long))
        .invokevirtual(CD_String, "concat", MethodTypeDesc.of(CD_String, CD_String))
        .invokevirtual(PROPERTIES, "remove", MethodTypeDesc.of(CD_Object, CD_Object))
        .dup()
        .ifnull(no)
        .checkcast(CD_int.arrayType())
        .astore(pair)
        .aload(pair)
        .iconst_0()
        .iaload()
        .aload(pair)
        .iconst_1()
        .iaload()
        .invokestatic(INHERITED, "dup2", MethodTypeDesc.of(CD_void, CD_int, CD_int))
        .aconst_null()
        .areturn()
        .labelBinding(no)
        .pop();
  }

  /** Leaves the answer of a function to a constant, or goes to a label with null on the stack. */
  static void askOr(CodeBuilder code, String property, String constant, Label none) {
    pushPropertyOr(code, property, FUNCTION, none);
    code.loadConstant(constant).invokeinterface(FUNCTION, "apply", APPLY).dup().ifnull(none);
  }

  /** Leaves the answer, or null. */
  private static void tell(CodeBuilder code, String name, List<ClassDesc> types, int[] slots) {
    Label nobody = code.newLabel();
    pushFunctionOr(code, nobody);
    pushQuestion(code, name, types, slots);
    code.invokeinterface(FUNCTION, "apply", APPLY);
    code.labelBinding(nobody);
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

  private static void loadArguments(CodeBuilder code, MethodTypeDesc type, int[] slots) {
    for (int i = 0; i < slots.length; i++) {
      code.loadLocal(TypeKind.from(type.parameterType(i)), slots[i]);
    }
  }

  private static void pushFunctionOr(CodeBuilder code, Label none) {
    pushPropertyOr(code, Question.PROPERTY, FUNCTION, none);
  }

  /** Leaves what stands in the system properties, or goes to a label with null on the stack. */
  private static void pushPropertyOr(
      CodeBuilder code, String property, ClassDesc type, Label none) {
    code.invokestatic(SYSTEM, "getProperties", MethodTypeDesc.of(PROPERTIES))
        .loadConstant(property)
        .invokevirtual(PROPERTIES, "get", MethodTypeDesc.of(CD_Object, CD_Object))
        .dup()
        .ifnull(none)
        .checkcast(type);
  }

  private static void pushQuestion(
      CodeBuilder code, String name, List<ClassDesc> types, int[] slots) {
    code.loadConstant(slots.length + 1).anewarray(CD_Object);
    code.dup().loadConstant(0).loadConstant(name).aastore();
    for (int i = 0; i < slots.length; i++) {
      code.dup().loadConstant(i + 1).loadLocal(TypeKind.from(types.get(i)), slots[i]);
      box(code, types.get(i));
      code.aastore();
    }
  }

  /** Makes an object of what is none; a descriptor's number is all that is asked of it. */
  private static void box(CodeBuilder code, ClassDesc type) {
    if (type.equals(DESCRIPTOR)) {
      code.invokestatic(IO_UTIL, "fdVal", MethodTypeDesc.of(CD_int, DESCRIPTOR));
    }
    if (type.equals(DESCRIPTOR) || type.equals(CD_int)) {
      code.invokestatic(CD_Integer, "valueOf", MethodTypeDesc.of(CD_Integer, CD_int));
    } else if (type.equals(CD_boolean)) {
      code.invokestatic(CD_Boolean, "valueOf", MethodTypeDesc.of(CD_Boolean, CD_boolean));
    }
  }
}
