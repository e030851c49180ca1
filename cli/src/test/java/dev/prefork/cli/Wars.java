package dev.prefork.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** WAR files for tests, entry by entry. */
final class Wars {
  static final String WEB_XML = "WEB-INF/web.xml";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** One with {@link WarServlet}. */
  static Wars serving() throws IOException {
    return new Wars().with(WarServlet.class);
  }

  /** One class more. */
  Wars with(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getResourceAsStream("/" + file)) {
      entries.put("WEB-INF/classes/" + file, bytes.readAllBytes());
      return this;
    }
  }

  /** One entry more. */
  Wars with(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** A web.xml of Jakarta EE that declares a version of the Servlet API. */
  Wars declaring(String version) {
    return with(
        WEB_XML,
        "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='" + version + "'/>");
  }

  /** Writes it. */
  Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }
}
