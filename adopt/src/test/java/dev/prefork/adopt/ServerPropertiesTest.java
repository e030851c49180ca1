package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ServerPropertiesTest {
  private final Properties properties = new Properties();

  @Test
  void nettyIsToldThatItsNativeTransportsAreNotThere() {
    new ServerProperties(properties).answer();
    assertThat(properties)
        .containsEntry("io.netty.transport.noNative", "true")
        .containsEntry("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
  }

  @Test
  void jettyIsToldHowManyReferencesStandInALineOfTheCache() {
    new ServerProperties(properties).answer();
    boolean compressed =
        Boolean.parseBoolean(
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("UseCompressedOops")
                .getValue());
    assertThat(properties)
        .containsEntry("org.eclipse.jetty.util.referencesPerCacheLine", compressed ? "16" : "8");
  }

  @Test
  void whatTheProgramIsToldByItsUserStands() {
    properties.setProperty("io.netty.transport.noNative", "false");
    properties.setProperty("org.eclipse.jetty.util.cacheLineBytes", "128");
    new ServerProperties(properties).answer();
    assertThat(properties)
        .containsEntry("io.netty.transport.noNative", "false")
        .doesNotContainKey("org.eclipse.jetty.util.referencesPerCacheLine");
  }
}
