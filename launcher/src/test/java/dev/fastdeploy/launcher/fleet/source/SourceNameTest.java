package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a:1,[::1]:2,unix:/x|a:1,[::1]:2,unix:/x",
        "k8s:prod/shop:control|k8s:prod/shop:control",
        "redis://user@h:1/k|redis://user@h:1/k",
        "redis://user:s3cret@h:1/k|redis://user:***@h:1/k",
        "redis://:s3cret@h:1/k|redis://:***@h:1/k",
        "exec:curl -u me:s3cret https://h/|exec:curl -u *** https://h/",
        "exec:curl https://me:s3cret@h/ -o x|exec:curl https://me:***@h/ -o x",
        "exec:curl -H 'Authorization: Bearer s3cret' h|exec:curl -H 'Authorization: ***' h",
        "exec:list --api-key s3cret --all|exec:list --api-key *** --all",
        "exec:CONSUL_HTTP_TOKEN=s3cret list|exec:CONSUL_HTTP_TOKEN=*** list",
        "exec:list 'h?token=s3cret&x=1'|exec:list 'h?token=***&x=1'",
        "exec:list --password=\"s3 cret\" x|exec:list --password=*** x"
      })
  void showsNoSecret(String text, String shown) {
    assertThat(SourceName.of(text)).isEqualTo(shown);
  }

  @Test
  void isOneLine() {
    assertThat(SourceName.of("exec:a\nb\u001b[2J")).isEqualTo("exec:a?b?[2J");
  }

  @Test
  void longNamesStayDifferent() {
    String name = SourceName.of("exec:" + "x".repeat(500) + "1");

    assertThat(name).hasSizeLessThan(130).isNotEqualTo(SourceName.of("exec:" + "x".repeat(500)));
  }
}
