package dev.fastdeploy.agent.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that a test started: its lines, and its end. Is killed when it is closed. */
public final class Jvm implements AutoCloseable {

  /** A service that lives for seconds never earns what its optimizing compiler costs. */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final long SECONDS = 60;

  private final Process process;
  private volatile boolean unread;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private Jvm(Process process) {
    this.process = process;
    this.readers =
        List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
  }

  /** Waits for the end without what was printed. */
  public int exitCodeUnread() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  /** Reads its standard error no further, so that who writes to it is blocked. */
  public void stopReadingErrors() {
    unread = true;
  }

  /** The process that it started, where it is a wrapper. */
  public ProcessHandle child() {
    return process.children().findFirst().orElseThrow();
  }

  /** Starts a command in an environment of its own. */
  public static Jvm start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FASTDEPLOY_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    return new Jvm(builder.start());
  }

  /** Writes a line to its standard input. */
  public void input(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  public long pid() {
    return process.pid();
  }

  /** Hands it a line on its standard input. */
  public void send(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Waits for the end and everything that was printed. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; stdout " + out + ", stderr " + err);
    }
    for (Thread reader : readers) {
      reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
    }
    return process.exitValue();
  }

  public List<String> out() {
    return out;
  }

  public List<String> err() {
    return err;
  }

  /** What fastdeploy said on stderr. */
  public List<String> said() {
    return err.stream().filter(line -> line.startsWith("fastdeploy:")).toList();
  }

  /** Sends it TERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Kills it, but nothing that it started. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private void awaitReading(List<String> lines) {
    while (unread && lines == err && process.isAlive()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private Thread read(InputStream stream, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                  lines.add(line);
                  awaitReading(lines);
                }
              } catch (IOException ended) {
                lines.add("could not be read: " + ended);
              }
            });
    reader.setDaemon(true);
    reader.start();
    return reader;
  }
}
