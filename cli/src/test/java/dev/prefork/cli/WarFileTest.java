package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarFileTest {
  private static final String OLD = "javax.servlet";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("shop.war");
  }

  private static void assertRefused(Path war, String... parts) {
    assertThatThrownBy(() -> WarFile.jakartaEe(war))
        .hasMessageContainingAll(parts)
        .hasMessageContaining(war.toString())
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> WarFile.jakartaEe(war))
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.CONFIGURATION);
  }

  @ParameterizedTest
  @CsvSource({"5.0, 10", "6.0, 10", "6.1, 11"})
  void webXmlSaysWhichJakartaEe(String version, int jakartaEe) throws IOException {
    assertThat(WarFile.jakartaEe(new Wars().declaring(version).write(file()))).isEqualTo(jakartaEe);
  }

  @Test
  void whatDeclaresNothingIsOfTheNewest() throws IOException {
    assertThat(WarFile.jakartaEe(Wars.serving().write(file()))).isEqualTo(11);
    Path silent = new Wars().with(Wars.WEB_XML, "<web-app/>").write(folder.resolve("b.war"));
    assertThat(WarFile.jakartaEe(silent)).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<web-app xmlns='http://xmlns.jcp.org/xml/ns/javaee' version='4.0'/>",
        "<web-app xmlns='http://java.sun.com/xml/ns/j2ee' version='2.4'/>",
        "<!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN'"
            + " 'http://java.sun.com/dtd/web-app_2_3.dtd'><web-app/>"
      })
  void anOldWebXmlIsRefused(String webXml) throws IOException {
    assertRefused(new Wars().with(Wars.WEB_XML, webXml).write(file()), OLD);
  }

  @Test
  void oldClassesWithoutAWebXmlAreRefused() throws IOException {
    assertRefused(
        new Wars().with("WEB-INF/classes/Old.class", "..javax/servlet/Servlet..").write(file()),
        OLD);
  }

  @Test
  void aVersionThatNobodyKnowsIsRefused() throws IOException {
    assertRefused(new Wars().declaring("7.0").write(file()), "declares Servlet 7.0");
  }

  @Test
  void usersOfTheServerAreRefusedUnlessTheApplicationBringsThem() throws IOException {
    Wars war =
        new Wars()
            .with(
                Wars.WEB_XML,
                "<web-app><login-config><auth-method>BASIC</auth-method></login-config></web-app>");
    assertRefused(war.write(file()), "login-config");
    Path bringing =
        war.with("WEB-INF/jetty-web.xml", "<Configure/>").write(folder.resolve("b.war"));
    assertThat(WarFile.jakartaEe(bringing)).isEqualTo(11);
  }

  @Test
  void aWebXmlThatIsNoneIsRefusedWithItsLine() throws IOException {
    assertRefused(
        new Wars().with(Wars.WEB_XML, "<!-- -->\n<web-app").write(file()),
        "not well-formed, at line 2");
  }

  @Test
  void externalEntitiesAreNotRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "<web-app version='6.1'/>");
    String webXml =
        "<!DOCTYPE web-app [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]><web-app>&e;</web-app>";
    assertRefused(new Wars().with(Wars.WEB_XML, webXml).write(file()), OLD);
  }

  @Test
  void aZipWithoutWebInfIsRefused() throws IOException {
    assertRefused(new Wars().with("index.html", "hello").write(file()), "it has no WEB-INF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "WEB-INF/../../evil", "/etc/evil", "WEB-INF\\..\\evil"})
  void anEntryOutsideIsRefused(String name) throws IOException {
    assertRefused(Wars.serving().with(name, "evil").write(file()), "outside of itself", name);
  }

  @Test
  void whatIsNoZipOrNotThereIsRefused() throws IOException {
    Path none = Files.writeString(file(), "no zip file");
    assertRefused(none, "could not read the WAR file");
    assertRefused(folder.resolve("missing.war"), "no such file");
    assertRefused(folder, "could not read the WAR file");
  }
}
