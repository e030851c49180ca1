package dev.prefork.admin;

import java.io.Serial;

/** A request that is answered with an error at once. */
final class HttpRefusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  HttpRefusal(int status, String text) {
    super(text, null, false, false);
    this.status = status;
  }

  HttpResponse response() {
    return HttpResponse.text(status, String.valueOf(getMessage()));
  }
}
