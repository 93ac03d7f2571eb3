package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Jdk;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM that runs the command over and over: its start is half of what an end-to-end test would
 * cost. It runs the code of {@code fastdeploy.jar} with the arguments of a command line, and ends
 * with this JVM. What differs from a command of its own, how its JVM is started and ended, has
 * tests of its own.
 */
final class WarmCommand {

  /** How a line begins that is not the command's. */
  static final String END = "\0";

  private static final Set<String> WARM =
      Set.of("status", "publish", "stage", "deploy", "activate", "rollback", "cancel");

  private static final ConcurrentMap<Path, Queue<WarmCommand>> FREE = new ConcurrentHashMap<>();

  private final Process process;
  private final DataOutputStream input;
  private final BufferedReader out;
  private final BufferedReader err;

  private WarmCommand(Process process) {
    this.process = process;
    this.input = new DataOutputStream(process.getOutputStream());
    this.out = reader(process.getInputStream());
    this.err = reader(process.getErrorStream());
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** Whether a command line can be run so: a launcher is no command, and ends its JVM. */
  static boolean runs(List<String> words) {
    return !words.isEmpty()
        && WARM.contains(words.get(0))
        && words.stream().noneMatch(word -> word.startsWith("--payload-dir"));
  }

  /**
   * Runs a command line.
   *
   * @param jvmFlags of the JVM
   * @throws IOException if it does not end in time
   */
  static CommandResult run(Jdk jdk, List<String> jvmFlags, List<String> words, Duration timeout)
      throws IOException, InterruptedException {
    Queue<WarmCommand> free =
        FREE.computeIfAbsent(jdk.java(), first -> new ConcurrentLinkedQueue<>());
    WarmCommand command = free.poll();
    if (command == null) {
      command = start(jdk, jvmFlags);
    }
    try {
      CommandResult result = command.run(words, timeout);
      free.add(command);
      return result;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      command.process.destroyForcibly();
      throw failure;
    }
  }

  private static WarmCommand start(Jdk jdk, List<String> jvmFlags) throws IOException {
    Path jar = BuildOutput.own().fastdeployJar();
    List<String> words = new ArrayList<>();
    words.add(jdk.java().toString());
    words.addAll(jvmFlags);
    words.add("-cp");
    words.add(jar + File.pathSeparator + classes());
    words.add(WarmCommandMain.class.getName());
    words.add(jar.toString());
    words.add(BuildOutput.own().unpackedPayload().toString());
    return new WarmCommand(new ProcessBuilder(words).start());
  }

  private static Path classes() {
    return Path.of(
        WarmCommandMain.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private CommandResult run(List<String> words, Duration timeout)
      throws IOException, InterruptedException {
    long startMillis = System.currentTimeMillis();
    input.writeInt(words.size());
    for (String word : words) {
      input.writeUTF(word);
    }
    input.flush();
    List<String> said = new ArrayList<>();
    CompletableFuture<String> saidAll = reading(err, said);
    List<String> printed = new ArrayList<>();
    CompletableFuture<String> code = reading(out, printed);
    try {
      int exitCode = Integer.parseInt(code.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
      saidAll.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new CommandResult(exitCode, startMillis, System.currentTimeMillis(), printed, said);
    } catch (TimeoutException late) {
      throw new IOException(
          "fastdeploy " + String.join(" ", words) + " has not ended after " + timeout);
    } catch (ExecutionException broken) {
      throw new IOException("fastdeploy " + String.join(" ", words) + " broke off", broken);
    }
  }

  private static CompletableFuture<String> reading(BufferedReader reader, List<String> lines) {
    return CompletableFuture.supplyAsync(
        () -> read(reader, lines),
        task -> {
          Thread thread = new Thread(task, "warm-command");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** The lines up to the one that is not the command's, of which it returns the rest. */
  private static String read(BufferedReader reader, List<String> lines) {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(END)) {
          return line.substring(END.length());
        }
        lines.add(line);
      }
      throw new IllegalStateException("its JVM has ended; it said: " + lines);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
