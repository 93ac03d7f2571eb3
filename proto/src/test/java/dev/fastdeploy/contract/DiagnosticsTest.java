package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosticsTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IOException("the disk is full"), "the disk is full"),
        Arguments.of(new IOException(), "IOException"),
        Arguments.of(
            new AccessDeniedException("/f"),
            "'/f' is not accessible to this user; check its owner and mode"),
        Arguments.of(new NoSuchFileException("/f"), "'/f' does not exist"),
        Arguments.of(new FileSystemLoopException("/f"), "FileSystemLoop: /f"),
        Arguments.of(new AccessDeniedException("/f", null, "locked"), "/f: locked"),
        Arguments.of(new NoClassDefFoundError("a/B"), "NoClassDefFoundError: a/B"),
        Arguments.of(new OutOfMemoryError("Metaspace"), "OutOfMemoryError: Metaspace"),
        Arguments.of(new StackOverflowError(), "StackOverflowError"),
        Arguments.of(new ClassNotFoundException("a.B"), "ClassNotFoundException: a.B"),
        Arguments.of(new UnknownHostException("shop"), "UnknownHostException: shop"),
        Arguments.of(
            new ExceptionInInitializerError(new IllegalStateException("no")),
            "ExceptionInInitializerError: java.lang.IllegalStateException: no"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsEnoughOfEach(Throwable failure, String reason) {
    assertThat(Diagnostics.reason(failure)).isEqualTo(reason);
  }
}
