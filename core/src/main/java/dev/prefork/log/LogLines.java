package dev.prefork.log;

import dev.prefork.LogFormat;
import dev.prefork.ServerEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How events become lines of the log. */
public interface LogLines {
  /** UTC with milliseconds, in every format. */
  DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Those of a format. */
  static LogLines of(LogFormat format) {
    return switch (format) {
      case TEXT -> new TextLogLines();
      case JSON -> new JsonLogLines();
    };
  }

  /** The line of an event, without its end; null if other lines say it all. */
  @Nullable String line(Instant time, ServerEvent event);
}
