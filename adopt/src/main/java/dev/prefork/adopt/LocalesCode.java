package dev.prefork.adopt;

import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.util.Locale;

/** The JDK's class that makes its list of all locales: it asks {@link KnownLocales} before. */
final class LocalesCode {
  /** Makes the list when it is asked for. */
  static final String NAME =
      "sun.util.locale.provider.LocaleServiceProviderPool$AllAvailableLocales";

  private static final String LIST = "allAvailableLocales";
  private static final ClassDesc LOCALES = ClassDesc.of(Locale.class.getName()).arrayType();

  private LocalesCode() {}

  /**
   * Returns the class with its list.
   *
   * @param all the list
   */
  static byte[] rewrite(byte[] bytes, Locale[] all) {
    String text = KnownLocales.format(all);
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(bytes),
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString(CLASS_INIT_NAME), new Asking(text)));
  }

  /** Takes the answer for the list; the JDK's own instructions follow for where there is none. */
  private record Asking(String text) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      Label none = code.newLabel();
      QuestionCode.askOr(code, KnownLocales.PROPERTY, text, none);
      code.checkcast(LOCALES)
          .putstatic(ClassDesc.of(NAME), LIST, LOCALES)
          .return_()
          .labelBinding(none)
          .pop();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
