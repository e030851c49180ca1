package dev.prefork.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, embedded. */
public final class TomcatServer {
  private static final long GRACE_MS = 10_000;

  private TomcatServer() {}

  public static void main(String[] args) throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat-").toString());
    tomcat.setPort(Integer.parseInt(args[0]));
    var _ = tomcat.getConnector();
    StandardContext context = (StandardContext) tomcat.addContext("", null);
    context.setUnloadDelay(GRACE_MS);
    Tomcat.addServlet(context, "pid", new Pid()).addMapping("/*");
    tomcat.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Pid extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write(Answers.to(request.getRequestURI()));
    }
  }
}
