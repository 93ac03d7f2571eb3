package dev.fastdeploy.contract;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Says one line on the process's standard error, prefixed {@code fastdeploy: }. Writes to the
 * descriptor itself: the application may have replaced {@code System.err}. Thread-safe.
 */
public final class Diagnostics {

  private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

  private static volatile Consumer<String> speaker = Diagnostics::write;

  private Diagnostics() {}

  /** Writes a line. Does not fail if nobody reads the standard error. */
  public static void say(String line) {
    speaker.accept("fastdeploy: " + line.replace('\n', ' '));
  }

  /** Writes a line that must come out however many others wait before it. */
  public static void keep(String line) {
    String text = "fastdeploy: " + line.replace('\n', ' ');
    Consumer<String> now = speaker;
    if (now instanceof QueuedLines lines) {
      lines.keep(text);
    } else {
      now.accept(text);
    }
  }

  /**
   * Writes a line made in advance, bypassing the speaker, for callers without memory to make one.
   *
   * @param prepared from {@link #prepared}
   */
  public static void sayPrepared(byte[] prepared) {
    try {
      STDERR.write(prepared);
    } catch (IOException ignored) {
      // Nobody reads it.
    }
  }

  /** Makes a line for {@link #sayPrepared}. */
  public static byte[] prepared(String line) {
    return ("fastdeploy: " + line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Lets another speaker say the lines of this process from now on, in a form of its own.
   *
   * @param other gets each line with its prefix and without its end, on any thread
   * @return the previous speaker
   */
  public static Consumer<String> sayBy(Consumer<String> other) {
    Consumer<String> before = speaker;
    speaker = other;
    return before;
  }

  /**
   * Queues lines from now on, so that no thread of this process waits for a reader of its standard
   * error.
   *
   * @param patience how long the end of the process may wait for a reader
   * @return the queue, to be closed at that end
   */
  public static QueuedLines sayQueued(Duration patience) {
    QueuedLines lines = QueuedLines.to((at, text) -> write(text), patience);
    speaker = lines;
    return lines;
  }

  private static void write(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (STDERR) {
      try {
        STDERR.write(bytes);
      } catch (IOException ignored) {
        // Nobody reads it.
      }
    }
  }

  /**
   * Returns the message of a failure, with its class if the message alone says too little; never a
   * stack trace.
   */
  public static String reason(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      Throwable cause = failure.getCause();
      return cause == null ? name : name + ": " + cause;
    }
    if (saysWhatAlone(failure)) {
      return name + ": " + message;
    }
    boolean pathAlone =
        failure instanceof java.nio.file.FileSystemException file
            && file.getReason() == null
            && message.equals(file.getFile());
    return pathAlone ? ofPath(failure, message) : message;
  }

  /** Returns what is wrong with a path, of which the failure says only the name. */
  private static String ofPath(Throwable failure, String path) {
    if (failure instanceof AccessDeniedException) {
      return "'" + path + "' is not accessible to this user; check its owner and mode";
    }
    return failure instanceof NoSuchFileException
        ? "'" + path + "' does not exist"
        : kind(failure) + ": " + path;
  }

  /**
   * Returns true if the message names only the class or the memory, and the type says what is
   * wrong.
   */
  private static boolean saysWhatAlone(Throwable failure) {
    return failure instanceof Error
        || failure instanceof ReflectiveOperationException
        || failure instanceof ClassCastException
        || failure instanceof IndexOutOfBoundsException
        || failure instanceof java.net.UnknownHostException;
  }

  /** Returns the kind of failure, such as {@code FileSystemLoop}. */
  static String kind(Throwable failure) {
    return failure.getClass().getSimpleName().replace("Exception", "");
  }
}
