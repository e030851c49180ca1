package dev.prefork.war;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate chain and its private key, from PEM files (RFC 7468) to a key store in memory. */
final class PemPair {
  /** A key store must have one; this one never leaves the process. */
  static final String PASSWORD = "in memory";

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PemPair() {}

  /**
   * Reads them.
   *
   * @throws WarException saying which of them can't be used, and the next step
   */
  static KeyStore read(Path certificate, Path key) throws WarException {
    List<? extends Certificate> chain = chain(certificate);
    PrivateKey privateKey = key(key);
    try {
      if (!fit(privateKey, chain.getFirst().getPublicKey())) {
        throw new WarException(
            "the key " + key + " is not that of the first certificate in " + certificate);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "prefork", privateKey, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new WarException("could not use the key " + key + ": " + e.getMessage());
    }
  }

  private static List<? extends Certificate> chain(Path file) throws WarException {
    try {
      byte[] bytes = content(file).getBytes(StandardCharsets.US_ASCII);
      List<? extends Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(bytes)));
      if (chain.isEmpty()) {
        throw new WarException(file + " holds no certificate in PEM");
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new WarException(file + " holds no certificate in PEM: " + e.getMessage());
    }
  }

  private static PrivateKey key(Path file) throws WarException {
    Matcher pem = KEY.matcher(content(file));
    if (!pem.find()) {
      throw new WarException(
          file
              + " holds no BEGIN PRIVATE KEY; other forms are converted by: openssl pkcs8 -topk8"
              + " -nocrypt -in "
              + file);
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      for (String algorithm : List.of("RSA", "EC")) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
          // the next one, then
        }
      }
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new WarException(file + " holds a damaged key: " + e.getMessage());
    }
    throw new WarException(file + " holds a key that is neither RSA nor EC, or is damaged");
  }

  private static String content(Path file) throws WarException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new WarException("could not read " + file + ": " + e.getMessage());
    }
  }

  /** What the one has signed, the other verifies. */
  private static boolean fit(PrivateKey privateKey, PublicKey publicKey)
      throws GeneralSecurityException {
    if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    byte[] text = PASSWORD.getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance("SHA256with" + algorithm(privateKey));
    signature.initSign(privateKey);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(text);
    return signature.verify(signed);
  }

  private static String algorithm(PrivateKey key) {
    return key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
  }
}
