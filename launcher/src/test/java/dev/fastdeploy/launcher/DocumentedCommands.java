package dev.fastdeploy.launcher;

import dev.fastdeploy.launcher.training.CommandWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that the documents show, for the tests that hold them to a parser. */
public final class DocumentedCommands {

  private static final Path ROOT = Path.of("..");
  private static final Pattern COMMAND = Pattern.compile("java (-[XD]\\S+ )*-jar fastdeploy.jar ");

  private DocumentedCommands() {}

  /** What stands behind the JAR in each command, without comments. */
  public static List<String> all() throws IOException {
    List<String> commands = new ArrayList<>();
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    for (Path document : documents) {
      boolean shell = false;
      for (String line : Files.readString(document).replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
        if (line.startsWith("```")) {
          shell = line.equals("```sh");
        } else if (shell) {
          Matcher command = COMMAND.matcher(line);
          if (command.lookingAt()) {
            commands.add(line.substring(command.end()).replaceAll("\\s+#[^\"]*$", ""));
          }
        }
      }
    }
    return commands;
  }

  /** The words of a command, the subcommand first. */
  public static List<String> words(String command) {
    return CommandWords.split(command);
  }
}
