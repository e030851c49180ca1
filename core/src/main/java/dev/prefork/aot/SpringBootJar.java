package dev.prefork.aot;

import dev.prefork.launch.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The executable jar of a Spring Boot application: all its jars in one, which a class loader of its
 * own reads. The JVM keeps nothing that such a loader loads in an ahead-of-time cache.
 *
 * @param fingerprint of all that is in it. Not of its time: images that are made reproducibly have
 *     the same for all their files
 */
record SpringBootJar(Path path, String fingerprint) {
  private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

  /** Every such jar brings them since Spring Boot 3.3, unless its build says otherwise. */
  private static final String TOOLS = "BOOT-INF/lib/spring-boot-jarmode-tools-";

  /** Null if the jar is none, or has no tools to unpack it. */
  static @Nullable SpringBootJar at(Path path) throws IOException {
    try (JarFile file = new JarFile(path.toFile())) {
      boolean unpacks = file.stream().anyMatch(entry -> entry.getName().startsWith(TOOLS));
      return unpacks && LAUNCHER.equals(mainClass(file.getManifest()))
          ? new SpringBootJar(path, fingerprint(file))
          : null;
    }
  }

  private static @Nullable String mainClass(@Nullable Manifest manifest) {
    return manifest == null
        ? null
        : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
  }

  private static String fingerprint(JarFile file) {
    StringBuilder contents = new StringBuilder();
    file.stream().forEach(entry -> contents.append(described(entry)));
    return Fingerprint.of(contents.toString());
  }

  private static String described(ZipEntry entry) {
    return entry.getName() + " " + entry.getSize() + " " + entry.getCrc() + "\n";
  }
}
