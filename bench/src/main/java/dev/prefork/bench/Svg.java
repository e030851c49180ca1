package dev.prefork.bench;

/** The parts of SVG that all charts are made of. */
final class Svg {
  private static final String INK = "#2d3748";

  private Svg() {}

  /** The beginning of a picture, on white: readable on light and dark pages. */
  static String begin(int width, int height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  }

  /**
   * Words.
   *
   * @param anchor which end of them stands at x: start, middle, end
   */
  static String text(int x, int y, String anchor, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
    return "<text x=\""
        + x
        + "\" y=\""
        + y
        + "\" text-anchor=\""
        + anchor
        + "\" fill=\""
        + INK
        + "\">"
        + escaped
        + "</text>\n";
  }
}
