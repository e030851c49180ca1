package dev.prefork.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate and its key in PEM, made by keytool.
 *
 * @param certificate the text of the one file
 * @param key the text of the other
 */
public record PemFiles(String certificate, String key) {
  private static final String PASSWORD = "password";
  private static final String ALIAS = "test";

  /**
   * Makes a pair.
   *
   * @param name the subject's common name
   * @param algorithm RSA or EC
   */
  public static PemFiles make(Path folder, String name, String algorithm) {
    Path store = folder.resolve(name + ".p12");
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            algorithm,
            "-dname",
            "CN=" + name,
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    try {
      Process keytool = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(output);
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new PemFiles(
          pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
          pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError("could not make a certificate", e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    String lines = Base64.getMimeEncoder().encodeToString(encoded);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
