package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.examples.greeting.GreetingHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
  @TempDir private Path temporary;

  private Path jar(String name, String handler) throws IOException {
    return jar(name, "Prefork-Application", handler);
  }

  private Path jar(String name, String key, String value) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!value.isEmpty()) {
      manifest.getMainAttributes().putValue(key, value);
    }
    Path jar = temporary.resolve(name);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private static void assertRefused(ExitStatus status, Runnable naming, String... parts) {
    assertThatThrownBy(naming::run)
        .hasMessageContainingAll(parts)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(status);
  }

  @Test
  void aJarNamesItsHandlerInItsManifest() throws IOException {
    Path jar = jar("shop.jar", "com.example.Shop");

    assertThat(Application.named(jar.toString(), null))
        .isEqualTo(new Application("shop", "com.example.Shop", List.of(jar)));
  }

  @Test
  void aClassIsLookedForOnTheClassPath() {
    assertThat(Application.named("com.example.Shop", "/a.jar:/b::relative"))
        .isEqualTo(
            new Application(
                "Shop",
                "com.example.Shop",
                List.of(Path.of("/a.jar"), Path.of("/b"), Path.of("relative"))));
  }

  @Test
  void anExecutableJarIsAProgram() throws IOException {
    Path jar = jar("shop.jar", "Main-Class", "com.example.Shop");

    assertThat(Application.named(jar.toString(), null))
        .isEqualTo(new Application("shop", null, List.of(jar)));
  }

  @Test
  void aWarFileIsTakenByItsEnding() {
    Application war = Application.named("/srv/shop.war", null);

    assertThat(war).isEqualTo(new Application("shop", null, List.of(Path.of("/srv/shop.war"))));
    assertThat(war.isWar()).isTrue();
  }

  @Test
  void aJarComesBeforeTheRestOfTheClassPath() throws IOException {
    Path jar = jar("shop.jar", "com.example.Shop");

    assertThat(Application.named(jar.toString(), "/lib/b.jar").classPath())
        .containsExactly(jar, Path.of("/lib/b.jar"));
  }

  @Test
  void aStarStandsForAllJarsOfAFolderInOrder() throws IOException {
    Path b = jar("b.jar", "");
    Path a = jar("a.jar", "");
    Files.createFile(temporary.resolve("notes.txt"));

    assertThat(Application.named("Shop", temporary + "/*:/x").classPath())
        .containsExactly(a, b, Path.of("/x"));
  }

  @Test
  void aClassWithoutAClassPathIsAUsageError() {
    assertRefused(
        ExitStatus.USAGE,
        () -> Application.named("com.example.Shop", null),
        "--class-path",
        "com.example.Shop",
        "Prefork-Application");
  }

  @Test
  void aJarWithoutTheManifestEntryIsRefusedWithTheNextStep() throws IOException {
    Path jar = jar("plain.jar", "");

    assertRefused(
        ExitStatus.CONFIGURATION,
        () -> Application.named(jar.toString(), null),
        jar.toString(),
        "its manifest has neither Prefork-Application nor Main-Class",
        "--class-path");
  }

  @Test
  void aJarThatIsMissingOrNoneIsRefused() throws IOException {
    Path none = Files.writeString(temporary.resolve("none.jar"), "no zip file");

    assertRefused(
        ExitStatus.CONFIGURATION,
        () -> Application.named("/no/such/app.jar", null),
        "could not read the application /no/such/app.jar: no such file");
    assertRefused(
        ExitStatus.CONFIGURATION,
        () -> Application.named(none.toString(), null),
        "could not read the application " + none);
  }

  @Test
  void aStarInAMissingFolderIsRefused() {
    assertRefused(
        ExitStatus.CONFIGURATION,
        () -> Application.named("Shop", temporary + "/missing/*"),
        "could not list the jars of " + temporary + "/missing");
  }

  @Test
  void theBundledApplicationBringsItsOwnJarAlone() {
    Application demo = Application.bundled(GreetingHandler.class);

    assertThat(demo.name()).isEqualTo("demo");
    assertThat(demo.handler()).isEqualTo(GreetingHandler.class.getName());
    assertThat(demo.classPath()).singleElement().matches(Files::exists);
  }
}
