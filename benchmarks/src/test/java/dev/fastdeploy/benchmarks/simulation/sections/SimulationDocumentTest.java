package dev.fastdeploy.benchmarks.simulation.sections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/simulation.md");

  @Test
  void theDocumentNamesEveryTerm() throws IOException {
    String document = Files.readString(DOCUMENT);

    for (Term term : Term.values()) {
      assertThat(document).contains("`" + term.text() + "`");
    }
  }

  @Test
  void aDocumentWithoutAPlaceForThemIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SimulationDocument.withResults(
                    "# Something else\n", SimulationReport.of(List.of()), Map.of()))
        .withMessageContaining("<!-- results: begin -->");
  }
}
