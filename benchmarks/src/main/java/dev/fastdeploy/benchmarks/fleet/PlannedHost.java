package dev.fastdeploy.benchmarks.fleet;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A JVM in which one simulated fleet is deployed to; it says in one line of JSON how. */
public final class PlannedHost {

  private PlannedHost() {}

  /** Deploys to so many members, with the record in a folder. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int members = Integer.parseInt(arguments[0]);
    Path store = Path.of(arguments[1]);
    PlannedFleet.Result result;
    try (EnvironmentRecord record =
        new EnvironmentRecord(
            SharedObjects.open(
                new StoreLocation(store.toString(), FleetSite.APP, null, null, false)),
            FleetSite.APP,
            FleetSite.ENVIRONMENT)) {
      result = new PlannedFleet(members, record).deploy();
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ending", result.summary().ending().name());
    line.put("proven", result.summary().proven());
    line.put("virtualMillis", result.virtualMillis());
    line.put("inputs", result.inputs());
    line.put("segments", result.segments());
    line.put("recordBytes", bytes(store));
    System.out.println(JSON.std.asString(line));
  }

  /** The arguments of {@link #main}. */
  static List<String> arguments(int members, Path store) {
    return List.of(Integer.toString(members), store.toString());
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
