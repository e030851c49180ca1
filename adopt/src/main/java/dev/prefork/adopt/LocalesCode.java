package dev.prefork.adopt;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.text.spi.NumberFormatProvider;

/**
 * The JDK's list of all locales, made from one of its services. The JDK asks ten, and each parses
 * the same thousand names: CLDR has no other locales for one service than for another, and that for
 * numbers lists those of the JDK's fallback too, of which others list a part. Jetty asks for the
 * list at every start, for its MIME types.
 */
final class LocalesCode {
  /** Makes the list when it is asked for. */
  static final String NAME =
      "sun.util.locale.provider.LocaleServiceProviderPool$AllAvailableLocales";

  /** A property of the JDK: with it, services may know locales of their own. */
  private static final String PROVIDERS = "java.locale.providers";

  private static final int JDK = 25;
  private static final String SERVICES = "spiClasses";
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc SERVICE = ClassDesc.of(NumberFormatProvider.class.getName());

  private LocalesCode() {}

  /** Whether the list is known to be the same either way on this JDK. */
  static boolean fits() {
    return Runtime.version().feature() == JDK;
  }

  /** Returns the class, which asks one service unless the program has chosen its providers. */
  static byte[] rewrite(byte[] bytes) {
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(bytes),
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString(CLASS_INIT_NAME), LocalesCode::narrow));
  }

  private static void narrow(CodeBuilder code, CodeElement element) {
    if (element instanceof FieldInstruction all && all.name().equalsString(SERVICES)) {
      code.loadConstant(PROVIDERS)
          .invokestatic(SYSTEM, "getProperty", MethodTypeDesc.of(CD_String, CD_String))
          .ifThenElse(
              Opcode.IFNULL,
              one ->
                  one.iconst_1()
                      .anewarray(CD_Class)
                      .dup()
                      .iconst_0()
                      .loadConstant(SERVICE)
                      .aastore(),
              chosen -> chosen.with(all));
    } else {
      code.with(element);
    }
  }
}
