package dev.prefork.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The smallest PDF that holds some lines: a page, a font that every reader has. Pure. */
final class PdfDocument {
  private static final int FONT_SIZE = 8;
  private static final int TOP = 800;

  private PdfDocument() {}

  /** Of lines without parentheses and backslashes; as many as fit onto a page are visible. */
  static byte[] of(List<String> lines) {
    String content = content(lines);
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F 5 0 R >> >> >>",
            "<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    StringBuilder text = new StringBuilder("%PDF-1.4\n");
    List<Integer> offsets = new ArrayList<>();
    for (String object : objects) {
      offsets.add(text.length());
      text.append(offsets.size() + " 0 obj\n" + object + "\nendobj\n");
    }
    appendTrailer(text, offsets);
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String content(List<String> lines) {
    StringBuilder content = new StringBuilder("BT /F " + FONT_SIZE + " Tf " + FONT_SIZE + " TL");
    content.append(" 40 " + TOP + " Td");
    lines.forEach(line -> content.append(" (" + line + ") Tj T*"));
    return content.append(" ET").toString();
  }

  /** Where each object begins: 20 bytes an entry. */
  private static void appendTrailer(StringBuilder text, List<Integer> offsets) {
    int table = text.length();
    int entries = offsets.size() + 1;
    text.append("xref\n0 " + entries + "\n0000000000 65535 f \n");
    offsets.forEach(offset -> text.append(String.format(Locale.ROOT, "%010d 00000 n \n", offset)));
    text.append("trailer\n<< /Size " + entries + " /Root 1 0 R >>\n");
    text.append("startxref\n" + table + "\n%%EOF\n");
  }
}
