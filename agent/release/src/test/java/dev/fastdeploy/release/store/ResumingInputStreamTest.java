package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumingInputStreamTest {

  private static final byte[] CONTENT = new byte[10_000];

  static {
    new Random(3).nextBytes(CONTENT);
  }

  private final List<Long> opened = new ArrayList<>();
  private int closed;

  @Test
  void readsOnAfterABreak() throws Exception {
    try (InputStream in =
        new ResumingInputStream(position -> connection(position, true), CONTENT.length, 3)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(opened).containsExactly(0L, 3000L, 6000L, 9000L);
    assertThat(closed).isEqualTo(4);
  }

  @Test
  void takesAnEarlyEndForABreak() throws Exception {
    try (InputStream in =
        new ResumingInputStream(position -> connection(position, false), CONTENT.length, 3)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(opened).hasSize(4);
  }

  @Test
  void givesUpInTheEnd() throws Exception {
    try (InputStream in =
        new ResumingInputStream(position -> connection(position, true), CONTENT.length, 2)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessage("reset");
    }
    assertThat(opened).containsExactly(0L, 3000L, 6000L);
    assertThat(closed).isEqualTo(3);
  }

  /** Gives 3,000 bytes, then breaks, or only ends. */
  private InputStream connection(long position, boolean breaks) {
    opened.add(position);
    int from = (int) position;
    int to = Math.min(from + 3000, CONTENT.length);
    return new FilterInputStream(new ByteArrayInputStream(Arrays.copyOfRange(CONTENT, from, to))) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count < 0 && breaks && to < CONTENT.length) {
          throw new IOException("reset");
        }
        return count;
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }
}
