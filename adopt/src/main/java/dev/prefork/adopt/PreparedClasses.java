package dev.prefork.adopt;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The code that the agent brings into the JDK, as it was made before: to make it takes longer than
 * all else that the agent does, and it is the same for every start of one agent on one build of the
 * JDK. Read without channels and data streams: their classes and method handles take longer than
 * the file.
 *
 * @param classes the code, by the class's name
 */
record PreparedClasses(Map<String, byte[]> classes) {
  /** The directory where it is kept, which nobody else may write to; missing for nowhere. */
  private static final String DIRECTORY = "prefork.caches";

  private static final int CHECKSUM = Long.BYTES;

  /** Reads what was kept; null if there is none, or it is of another agent or JDK, or damaged. */
  static @Nullable PreparedClasses load() {
    try {
      File file = file();
      if (file == null || !file.exists()) {
        return null;
      }
      try (InputStream in = new FileInputStream(file)) {
        return decode(in.readAllBytes());
      }
    } catch (IOException e) {
      return null; // it is made anew
    }
  }

  /** Keeps it, if there is where. */
  void keep() throws IOException {
    File file = file();
    if (file != null) {
      Path path = file.toPath();
      Path made = Files.createTempFile(path.getParent(), "sockets", ".aot.made");
      try {
        Files.write(made, encode());
        var _ = Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(made);
      }
    }
  }

  private static @Nullable File file() {
    String directory = System.getProperty(DIRECTORY);
    if (directory == null) {
      return null;
    }
    CRC32 key = new CRC32();
    key.update(identity().getBytes(StandardCharsets.UTF_8));
    return new File(directory, "sockets-" + Long.toHexString(key.getValue()) + ".aot");
  }

  /** This agent on this JDK, with the modules that its list of locales depends on. */
  private static String identity() {
    File agent = Agent.jar().toFile();
    return System.getProperty("java.home")
        + ' '
        + System.getProperty("java.vm.version")
        + ' '
        + System.getProperty("os.arch")
        + ' '
        + agent
        + ' '
        + agent.length()
        + ' '
        + agent.lastModified()
        + ' '
        + ModuleLayer.boot().findModule("jdk.localedata").isPresent();
  }

  private byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    write(out, identity().getBytes(StandardCharsets.UTF_8));
    out.writeInt(classes.size());
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      write(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
      write(out, entry.getValue());
    }
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable PreparedClasses decode(byte[] bytes) {
    int length = bytes.length - CHECKSUM;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (length < 0
        || checksum(bytes, length) != in.getLong(length)
        || !text(in).equals(identity())) {
      return null;
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      classes.put(text(in), read(in));
    }
    return new PreparedClasses(classes);
  }

  private static String text(ByteBuffer in) {
    return new String(read(in), StandardCharsets.UTF_8);
  }

  private static byte[] read(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }
}
