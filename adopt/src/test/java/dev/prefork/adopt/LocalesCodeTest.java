package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalesCodeTest {
  private static final String SERVICE = "java/text/spi/NumberFormatProvider";

  @Test
  void theListOfThisJdkIsMadeFromThatService() throws IOException {
    assertThat(LocalesCode.fits()).isTrue();
    byte[] original = JdkCode.original(LocalesCode.NAME);
    byte[] rewritten = LocalesCode.rewrite(original);

    assertThat(ClassFile.of().verify(rewritten)).isEmpty();
    assertThat(constants(original)).noneMatch(text -> text.contains(SERVICE));
    assertThat(constants(rewritten)).anyMatch(text -> text.contains(SERVICE));
  }

  private static List<String> constants(byte[] bytes) {
    List<String> constants = new ArrayList<>();
    ClassFile.of().parse(bytes).constantPool().forEach(entry -> constants.add(entry.toString()));
    return constants;
  }
}
