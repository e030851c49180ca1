package dev.prefork.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Executable jars of one class. */
final class ProgramJar {
  private ProgramJar() {}

  private static final Attributes.Name ADD_OPENS = new Attributes.Name("Add-Opens");

  /** Makes one, named after the class; its manifest opens {@code java.lang}. */
  static Path make(Path directory, Class<?> program) {
    return make(directory, program, "");
  }

  /**
   * Makes one beside others.
   *
   * @param classPath their names, with blanks between
   */
  static Path make(Path directory, Class<?> program, String classPath) {
    String file = program.getName().replace('.', '/') + ".class";
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program.getName());
    manifest.getMainAttributes().put(ADD_OPENS, "java.base/java.lang");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path jar = directory.resolve(program.getSimpleName() + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream bytes = program.getResourceAsStream("/" + file)) {
      entries.putNextEntry(new JarEntry(file));
      bytes.transferTo(entries);
    } catch (IOException e) {
      throw new AssertionError("could not make " + jar, e);
    }
    return jar;
  }
}
