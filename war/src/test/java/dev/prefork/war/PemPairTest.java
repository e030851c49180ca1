package dev.prefork.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.testing.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemPairTest {
  @TempDir private static Path folder;
  private static PemFiles rsa = new PemFiles("", "");
  private static PemFiles ec = rsa;

  @BeforeAll
  static void make() {
    rsa = PemFiles.make(folder, "rsa", "RSA");
    ec = PemFiles.make(folder, "ec", "EC");
  }

  private static Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static void assertRefused(String certificate, String key, String... parts)
      throws IOException {
    Path first = write("cert.pem", certificate);
    Path second = write("key.pem", key);
    assertThatThrownBy(() -> PemPair.read(first, second))
        .isInstanceOf(WarException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void bothKindsOfKeysAreRead() throws Exception {
    for (PemFiles pair : new PemFiles[] {rsa, ec}) {
      Path certificate = write("cert.pem", "a comment\n" + pair.certificate());
      assertThat(PemPair.read(certificate, write("key.pem", pair.key())).size()).isEqualTo(1);
    }
  }

  @Test
  void certificatesThatAreNoChainAreRefused() throws IOException {
    assertRefused(rsa.certificate() + ec.certificate(), rsa.key(), "chain is not valid");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    assertRefused(rsa.certificate(), ec.key(), "is not that of the first certificate");
    PemFiles other = PemFiles.make(folder, "other", "RSA");
    assertRefused(rsa.certificate(), other.key(), "is not that of the first certificate");
  }

  @Test
  void otherFormsOfKeysAreRefusedWithTheWayToConvertThem() throws IOException {
    String pkcs1 = rsa.key().replace("PRIVATE KEY", "RSA PRIVATE KEY");
    assertRefused(rsa.certificate(), pkcs1, "openssl pkcs8 -topk8", "key.pem");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    assertRefused("", rsa.key(), "cert.pem holds no certificate");
    assertRefused(rsa.certificate().substring(0, 200), rsa.key(), "holds no certificate");
    assertRefused(
        rsa.certificate(),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "neither RSA nor EC, or is damaged");
    assertThatThrownBy(() -> PemPair.read(folder.resolve("none"), folder.resolve("none")))
        .hasMessageContaining("could not read");
  }
}
