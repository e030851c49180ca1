package dev.prefork.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** Files in memory, for as long as the process lives. */
public final class MappedFiles {
  private MappedFiles() {}

  /**
   * Maps the beginning of a file. Not by {@link FileChannel#map(MapMode, long, long)}, which makes
   * its buffer by reflection: in a JVM whose reflection spins method handles that takes a twentieth
   * of a second.
   *
   * @param size in bytes
   * @throws IOException if the file is not open for this, or too short to be read so far
   */
  public static MappedByteBuffer map(FileChannel file, MapMode mode, long size) throws IOException {
    return (MappedByteBuffer) file.map(mode, 0, size, Arena.global()).asByteBuffer();
  }
}
