package dev.prefork.cli;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers with process id, version of the Servlet API and context path; {@code ?sleep=MS} later,
 * {@code ?fill=N} with so many characters more. A POST gets the length of its body.
 */
@WebServlet("/*")
public final class WarServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** For the container. */
  public WarServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    pause(number(request, "sleep"));
    response.setContentType("text/plain");
    response
        .getWriter()
        .printf(
            "%d servlet %d.%d %s%s",
            ProcessHandle.current().pid(),
            getServletContext().getMajorVersion(),
            getServletContext().getMinorVersion(),
            request.getContextPath(),
            "x".repeat(number(request, "fill")));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print(request.getInputStream().readAllBytes().length);
  }

  private static int number(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? 0 : Integer.parseInt(value);
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
