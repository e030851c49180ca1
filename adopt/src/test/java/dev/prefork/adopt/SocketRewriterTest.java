package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SocketRewriterTest {
  private final SocketRewriter rewriter = new SocketRewriter();

  private byte[] rewrite(String name) throws IOException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream bytes = Object.class.getResourceAsStream(file)) {
      return rewriter.rewrite(Objects.requireNonNull(bytes).readAllBytes());
    }
  }

  @Test
  void theSocketsOfThisJdkAskEveryQuestion() throws IOException {
    for (String name : SocketRewriter.CLASSES) {
      assertThat(ClassFile.of().verify(rewrite(name))).as(name).isEmpty();
    }
    byte[] sendfile = SendfileCode.make(rewrite(SendfileCode.PARENT));
    assertThat(ClassFile.of().verify(sendfile)).isEmpty();

    assertThat(rewriter.rewritten()).containsAll(JdkCode.NEEDED);
  }

  @Test
  void aClassWithoutSuchCallsStaysAsItIs() throws IOException {
    var _ = rewrite("java.lang.Runnable");

    assertThat(rewriter.rewritten()).isEmpty();
  }
}
