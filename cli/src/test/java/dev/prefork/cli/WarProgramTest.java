package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.PreforkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarProgramTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/shop", "/shop/v1.0", "/.well-known", "/~a_b"})
  void aContextPathBeginsWithASlash(String path) {
    assertThatCode(() -> WarProgram.checkContextPath(path)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "/shop/", "//", "/a//b", "/..", "/a/./b", "/*", "/a b", "/a?b"})
  void anythingElseIsRefused(String path) {
    assertThatThrownBy(() -> WarProgram.checkContextPath(path))
        .isInstanceOf(PreforkException.class)
        .hasMessageContaining("context-path must be")
        .hasMessageContaining(path);
  }
}
