package dev.fastdeploy.benchmarks.simulation.sections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.benchmarks.report.PictureFolder;
import dev.fastdeploy.benchmarks.simulation.json.RestartTimesFile;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/simulation.md");
  private static final Path RESTART_TIMES = Path.of("../docs/benchmarks/restart-times.json");

  @Test
  void theDocumentHoldsWhatTheSimulationGives() throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(document)
        .as(
            "run: java -jar benchmarks/target/benchmarks.jar simulate --document docs/simulation.md"
                + " --restart-times docs/benchmarks/restart-times.json")
        .isEqualTo(
            SimulationDocument.withResults(
                document,
                SimulationDocument.report(RestartTimesFile.read(RESTART_TIMES)),
                new PictureFolder(DOCUMENT.resolveSibling("simulation")).links()));
  }

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
                    "# Something else\n",
                    SimulationDocument.report(RestartTimes.PRELIMINARY),
                    Map.of()))
        .withMessageContaining("<!-- results: begin -->");
  }
}
