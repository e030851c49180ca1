package dev.prefork.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An executable jar that serves HTTP.
 *
 * @param jar where it is
 * @param arguments what it is started with; PORT stands for the port that it shall listen on
 */
record ServerProgram(Path jar, List<String> arguments) {
  private static final Path BUILT = Path.of(System.getProperty("programs.directory", "target"));

  /** One that was built elsewhere, whole. */
  static ServerProgram wholeJar(String name, String... arguments) {
    Path jar = BUILT.resolve("jars").resolve(name + ".jar");
    assertThat(jar).as("mvn package puts it there").exists();
    return new ServerProgram(jar, List.of(arguments));
  }

  /** A main of ours: its jar says where the classes are, and what they need. */
  static ServerProgram main(Class<?> main, String... arguments) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
    Path jar = BUILT.resolve(main.getSimpleName() + ".jar");
    try (Stream<Path> libraries = Files.list(BUILT.resolve("lib"))) {
      String classPath =
          libraries
              .map(library -> "lib/" + library.getFileName())
              .sorted()
              .collect(Collectors.joining(" ", "classes/ ", ""));
      attributes.put(Attributes.Name.CLASS_PATH, classPath);
      try (OutputStream out = Files.newOutputStream(jar)) {
        new JarOutputStream(out, manifest).finish();
      }
    } catch (IOException e) {
      throw new AssertionError("could not make " + jar, e);
    }
    return new ServerProgram(jar, List.of(arguments));
  }

  /** As options and argument of {@code prefork run}. */
  Stream<String> words(int port) {
    return Stream.concat(
        arguments.stream().map(word -> "--argument=" + word.replace("PORT", "" + port)),
        Stream.of(jar.toAbsolutePath().toString()));
  }
}
