package org.springframework.boot.loader.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As Spring Boot's when it is told to use its tools: unpacks, or says why it does not. */
public final class JarLauncher {
  private JarLauncher() {}

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(System.getProperty("java.class.path"));
    if (JarLauncher.class.getResource("/broken") != null) {
      System.out.println("no room for " + jar.getFileName());
      System.exit(3);
    }
    Path to = Files.createDirectories(Path.of(args[2]));
    Files.writeString(to.resolve(jar.getFileName()), String.join(" ", args));
  }
}
