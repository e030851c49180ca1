package dev.prefork.adopt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The code that the agent brings into the JDK, as it was made before: to make it takes longer than
 * all else that the agent does, and it is the same for every start of one agent on one build of the
 * JDK.
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
      Path file = file();
      return file == null || !Files.exists(file) ? null : decode(Files.readAllBytes(file));
    } catch (IOException e) {
      return null; // it is made anew
    }
  }

  /** Keeps it, if there is where. */
  void keep() {
    try {
      Path file = file();
      if (file != null) {
        Path made = Files.createTempFile(file.getParent(), "sockets", ".aot");
        Files.write(made, encode());
        var _ = Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      // the next start makes it anew
    }
  }

  private static @Nullable Path file() throws IOException {
    String directory = System.getProperty(DIRECTORY);
    if (directory == null) {
      return null;
    }
    CRC32 key = new CRC32();
    key.update(identity().getBytes(StandardCharsets.UTF_8));
    return Path.of(directory, "sockets-" + Long.toHexString(key.getValue()) + ".aot");
  }

  /** This agent on this JDK. */
  private static String identity() throws IOException {
    Path agent = Agent.jar();
    return System.getProperty("java.vm.version")
        + ' '
        + System.getProperty("os.arch")
        + ' '
        + agent
        + ' '
        + Files.size(agent)
        + ' '
        + Files.getLastModifiedTime(agent).toMillis();
  }

  private byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(identity());
    out.writeInt(classes.size());
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().length);
      out.write(entry.getValue());
    }
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static @Nullable PreparedClasses decode(byte[] bytes) throws IOException {
    int length = bytes.length - CHECKSUM;
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (length < 0
        || checksum(bytes, length) != checksumIn(Arrays.copyOfRange(bytes, length, bytes.length))
        || !in.readUTF().equals(identity())) {
      return null;
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      classes.put(name, in.readNBytes(in.readInt()));
    }
    return new PreparedClasses(classes);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }

  private static long checksumIn(byte[] bytes) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(bytes)).readLong();
  }
}
