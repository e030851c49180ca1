package dev.prefork.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest file of a word processor that holds some lines: three parts in a ZIP file. */
final class DocxDocument {
  private static final LocalDateTime MADE = LocalDateTime.of(2000, 1, 1, 0, 0);

  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  private static final String WORDS =
      "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  private static final String MAIN_TYPE =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  private static final String RELATIONS_TYPE =
      "application/vnd.openxmlformats-package.relationships+xml";

  private static final String CONTENT_TYPES =
      "<Types xmlns=\""
          + PACKAGE
          + "content-types\"><Default Extension=\"rels\" ContentType=\""
          + RELATIONS_TYPE
          + "\"/><Override PartName=\"/word/document.xml\" ContentType=\""
          + MAIN_TYPE
          + "\"/></Types>";
  private static final String RELATIONS =
      "<Relationships xmlns=\""
          + PACKAGE
          + "relationships\"><Relationship Id=\"main\" Type=\""
          + OFFICE
          + "\" Target=\"word/document.xml\"/></Relationships>";

  private DocxDocument() {}

  /** Of lines without the marks of XML, each a paragraph. */
  static byte[] of(List<String> lines) {
    String paragraphs = String.join("</w:t></w:r></w:p><w:p><w:r><w:t>", lines);
    String words =
        "<w:document xmlns:w=\""
            + WORDS
            + "\"><w:body><w:p><w:r><w:t>"
            + paragraphs
            + "</w:t></w:r></w:p></w:body></w:document>";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "[Content_Types].xml", CONTENT_TYPES);
      add(zip, "_rels/.rels", RELATIONS);
      add(zip, "word/document.xml", words);
    } catch (IOException e) {
      throw new AssertionError("memory takes all bytes", e); // cannot happen
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String part) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(MADE); // else that of its making, and no two corpora would be the same
    zip.putNextEntry(entry);
    zip.write((XML + part).getBytes(StandardCharsets.UTF_8));
  }
}
