package dev.fastdeploy.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The output of a process so far, in the order in which it was read. Thread-safe. */
public final class Output {

  private final List<OutputLine> lines = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  Output(Process process) {
    read(process.getInputStream(), OutputLine.Stream.STDOUT);
    read(process.getErrorStream(), OutputLine.Stream.STDERR);
  }

  private void read(InputStream input, OutputLine.Stream stream) {
    Thread reader = new Thread(() -> collect(input, stream), "demo-output");
    reader.setDaemon(true);
    readers.add(reader);
    reader.start();
  }

  private void collect(InputStream input, OutputLine.Stream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        add(new OutputLine(stream, text));
      }
    } catch (IOException | UncheckedIOException ended) {
      // The pipe was closed under the reader: there is nothing more to read.
    }
  }

  private void add(OutputLine line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  /** Returns all lines of both streams. */
  public List<OutputLine> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Returns the lines of standard output. */
  public List<String> stdout() {
    return texts(OutputLine.Stream.STDOUT);
  }

  /** Returns the lines of standard error. */
  public List<String> stderr() {
    return texts(OutputLine.Stream.STDERR);
  }

  private List<String> texts(OutputLine.Stream stream) {
    return lines().stream().filter(line -> line.stream() == stream).map(OutputLine::text).toList();
  }

  /** Returns the last lines of both streams, for a person who wants to know what went wrong. */
  public List<String> last(int count) {
    List<OutputLine> all = lines();
    return all.subList(Math.max(0, all.size() - count), all.size()).stream()
        .map(OutputLine::text)
        .toList();
  }

  /**
   * Waits for a line; one that was printed before counts, too.
   *
   * @return empty if none came in time
   */
  public Optional<OutputLine> await(Predicate<String> wanted, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    int looked = 0;
    synchronized (lines) {
      while (true) {
        for (; looked < lines.size(); looked++) {
          if (wanted.test(lines.get(looked).text())) {
            return Optional.of(lines.get(looked));
          }
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return Optional.empty();
        }
        lines.wait(left);
      }
    }
  }

  /** Waits until both streams have ended, which they do when nobody is left who could print. */
  void awaitEnd(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (Thread reader : readers) {
      reader.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
  }
}
