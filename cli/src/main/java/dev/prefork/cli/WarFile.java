package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks into a WAR file before anything is spawned: what no worker could serve is refused, and what
 * it declares says which Jakarta EE it is of.
 */
final class WarFile {
  private static final String WEB_INF = "WEB-INF/";
  private static final String WEB_XML = WEB_INF + "web.xml";
  private static final String JETTY_WEB_XML = WEB_INF + "jetty-web.xml";
  private static final String CLASSES = WEB_INF + "classes/";
  private static final int NEWEST = 11;
  private static final int MOST_OF_A_CLASS = 1 << 20;

  private final Path file;
  private final ZipFile zip;

  private WarFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * The Jakarta EE that a WAR is of: 10 or 11.
   *
   * @throws PreforkException (configuration) if it is none, one of Java EE or of Jakarta EE 8, or
   *     one that wants what is not there
   */
  static int jakartaEe(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      WarFile war = new WarFile(file, zip);
      war.checkNames();
      ZipEntry webXml = zip.getEntry(WEB_XML);
      int declared = webXml == null ? NEWEST : war.declared(webXml);
      war.checkClasses();
      return declared;
    } catch (IOException e) {
      String why = Files.exists(file) ? String.valueOf(e.getMessage()) : "no such file";
      throw new PreforkException(
          ExitStatus.CONFIGURATION, "could not read the WAR file " + file + ": " + why);
    }
  }

  private PreforkException refused(String why) {
    return new PreforkException(ExitStatus.CONFIGURATION, file + " can't be run: " + why);
  }

  private PreforkException javax() {
    return refused(
        "it is of Java EE or Jakarta EE 8 (javax.servlet), and 10 or 11 is needed (jakarta.servlet);"
            + " Apache's Tomcat migration tool converts it");
  }

  private List<? extends ZipEntry> entries() {
    return Collections.list(zip.entries());
  }

  private void checkNames() {
    boolean web = false;
    for (ZipEntry entry : entries()) {
      String name = entry.getName();
      if (name.startsWith("/") || List.of(name.split("[/\\\\]", -1)).contains("..")) {
        throw refused("it has an entry outside of itself: " + name);
      }
      web |= name.startsWith(WEB_INF);
    }
    if (!web) {
      throw refused("it has no WEB-INF");
    }
  }

  /** Servlet 5.0 is that of Jakarta EE 9, which 10 still runs. */
  private int declared(ZipEntry webXml) throws IOException {
    String version = servletVersion(webXml);
    return switch (version) {
      case "5.0", "6.0" -> 10;
      case "6.1", "" -> NEWEST;
      default -> throw refused("its web.xml declares Servlet " + version + ", not 5.0 to 6.1");
    };
  }

  /** As the root of web.xml has it; empty if it does not say. */
  private String servletVersion(ZipEntry webXml) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = zip.getInputStream(webXml)) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw javax(); // the last version with one was Servlet 2.3
        }
      }
      String namespace = String.valueOf(reader.getNamespaceURI());
      if (namespace.contains("java.sun.com") || namespace.contains("xmlns.jcp.org")) {
        throw javax();
      }
      String version = reader.getAttributeValue(null, "version");
      checkUsers(reader);
      return version == null ? "" : version;
    } catch (XMLStreamException e) {
      throw refused("its web.xml is not well-formed, at line " + e.getLocation().getLineNumber());
    }
  }

  /** Jetty would refuse to start an application whose users nobody knows. */
  private void checkUsers(XMLStreamReader reader) throws XMLStreamException {
    boolean brought = zip.getEntry(JETTY_WEB_XML) != null;
    while (!brought && reader.hasNext()) {
      boolean element = reader.next() == XMLStreamConstants.START_ELEMENT;
      if (element && reader.getLocalName().equals("login-config")) {
        throw refused(
            "its web.xml wants the server to know its users (login-config), and there are none:"
                + " let the application log them in, or bring Jetty's LoginService in "
                + JETTY_WEB_XML);
      }
    }
  }

  /** Without a web.xml, only the classes tell that they were made for javax. */
  private void checkClasses() throws IOException {
    boolean old = false;
    for (ZipEntry entry : entries()) {
      if (entry.getName().startsWith(CLASSES) && entry.getName().endsWith(".class")) {
        String constants = content(entry);
        if (constants.contains("jakarta/servlet/")) {
          return;
        }
        old |= constants.contains("javax/servlet/");
      }
    }
    if (old) {
      throw javax();
    }
  }

  private String content(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readNBytes(MOST_OF_A_CLASS), StandardCharsets.ISO_8859_1);
    }
  }
}
