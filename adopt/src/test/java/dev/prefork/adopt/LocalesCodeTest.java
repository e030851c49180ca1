package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LocalesCodeTest {
  @Test
  void theJdksClassBringsItsListAndAsksWhoReadsIt() throws IOException {
    Locale[] all = {Locale.of("de", "AT")};
    byte[] rewritten = LocalesCode.rewrite(JdkCode.original(LocalesCode.NAME), all);

    assertThat(ClassFile.of().verify(rewritten)).isEmpty();
    assertThat(constants(rewritten))
        .anyMatch(text -> text.contains("de,AT,"))
        .anyMatch(text -> text.contains(KnownLocales.PROPERTY));
  }

  private static List<String> constants(byte[] bytes) {
    List<String> constants = new ArrayList<>();
    ClassFile.of().parse(bytes).constantPool().forEach(entry -> constants.add(entry.toString()));
    return constants;
  }
}
