package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void anErrorHasTheNameAndTextOfErrno3() {
    assertThat(Errno.EADDRINUSE).hasToString("EADDRINUSE").isEqualTo(new Errno(98));
    assertThat(Errno.EADDRINUSE.text()).isEqualTo("Address already in use");
    assertThat(Errno.EAGAIN.text()).isEqualTo("Resource temporarily unavailable");
    assertThat(new Errno(24)).hasToString("EMFILE");
  }

  @Test
  void anUnknownErrorIsItsNumber() {
    assertThat(new Errno(4_000)).hasToString("errno 4000");
    assertThat(new Errno(4_000).text()).isEqualTo("error 4000");
  }

  @Test
  void anExceptionSaysWhatWhyAndByWhichCall() {
    PosixException e = new PosixException("could not bind 127.0.0.1:80", "bind", Errno.EACCES);

    assertThat(e)
        .hasMessage("could not bind 127.0.0.1:80: Permission denied (bind: EACCES)")
        .hasNoCause();
    assertThat(e.call()).isEqualTo("bind");
    assertThat(e.errno()).isEqualTo(Errno.EACCES);
  }
}
