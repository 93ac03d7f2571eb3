package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  @Test
  void textIsEscapedInsideAndOutsideOfCode() {
    assertThat(HtmlText.inline("a<b> & \"c\" 'd' `e<f`"))
        .isEqualTo("a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; <code>e&lt;f</code>");
  }

  @Test
  void aSingleBacktickIsText() {
    assertThat(HtmlText.inline("a ` b")).isEqualTo("a ` b");
  }

  @Test
  void chartDataCannotEndItsScript() throws IOException {
    String group = "</script><!--";
    BarSeries series = new BarSeries(group, Map.of(group, Spread.once(1)));
    String json =
        ChartData.json(
            new BarChart("c", "C", "G", List.of(group), Axis.linear("T", "s"), List.of(series)));

    assertThat(json).doesNotContain("<");
    assertThat(JSON.std.mapFrom(json).get("groups")).isEqualTo(List.of(group));
  }

  @Test
  void aSourceThatWouldEndItsElementIsRefused() {
    assertThatThrownBy(() -> new InlineSource("x = '</SCRIPT>'"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new InlineSource("x <!-- y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void digestsAreThoseOfTheStandard() {
    assertThat(new InlineSource("").digest())
        .isEqualTo("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
  }

  @Test
  void theFileCarriesTheLibraryWithItsLicence() throws IOException {
    String html = HtmlReport.text(Reports.everything());

    assertThat(html).contains("Permission is hereby granted, free of charge");
    assertThat(html).contains("Chart.js v" + ChartLibrary.load().version());
    assertThat(html).doesNotContain("sourceMappingURL");
    assertThat(ChartLibrary.load().licence()).doesNotContain("--");
  }

  @Test
  void figuresAreThereWithoutAScript() throws IOException {
    String html = HtmlReport.text(Reports.everything()).replaceAll("(?s)<script.*?</script>", "");

    assertThat(html).contains("<b>2,224</b> <small>2,105 to 2,533, n=10</small>");
    assertThat(html).contains("<details open><summary>The figures</summary>");
    assertThat(html).contains("<i>n/a</i> <small>the change adds a bean");
  }
}
