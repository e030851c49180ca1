package dev.prefork.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where commands are looked for.
 *
 * @param folders with colons between, as PATH has them
 */
record CommandPath(String folders) {

  Optional<Path> find(String name) {
    return Arrays.stream(folders.split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
