package dev.fastdeploy.demo.process;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a request as S3 wants it (AWS Signature Version 4), without an SDK that this module lacks.
 */
record AwsSignature(String accessKey, String secretKey) {

  private static final String SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";

  void sign(HttpRequest.Builder request, String method, URI uri, byte[] content)
      throws GeneralSecurityException {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    String digest = hex(sha256(content));
    String canonical =
        String.join(
            "\n",
            method,
            uri.getRawPath(),
            "",
            "host:" + uri.getAuthority(),
            "x-amz-content-sha256:" + digest,
            "x-amz-date:" + time,
            "",
            SIGNED_HEADERS,
            digest);
    String scope = time.substring(0, 8) + "/" + S3ProxyProcess.REGION + "/s3/aws4_request";
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(utf8(canonical))));
    byte[] key = utf8("AWS4" + secretKey);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    request
        .header("x-amz-date", time)
        .header("x-amz-content-sha256", digest)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + accessKey
                + "/"
                + scope
                + ", SignedHeaders="
                + SIGNED_HEADERS
                + ", Signature="
                + hex(hmac(key, toSign)));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(utf8(text));
  }

  private static byte[] sha256(byte[] content) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
