package dev.fastdeploy.release.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Passes on the frames of a zstd stream and drops the zeros after the last one. The library does
 * not support them, and does not say where a frame ended. So this class follows the sizes of
 * blocks; the library checks their content.
 */
final class ZstdFrames extends PieceStream {

  private static final int MAGIC_BYTES = 4;
  private static final int BLOCK_HEADER_BYTES = 3;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int RUN_BLOCK = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
  private static final int[] SIZE_BYTES = {0, 2, 4, 8};

  /** The next part of the stream. */
  private enum Part {
    MAGIC,
    SKIPPABLE_SIZE,
    DESCRIPTOR,
    BLOCK_HEADER,
    CONTENT
  }

  private final BufferedInputStream packed;
  private Part part = Part.MAGIC;
  private boolean lastBlock;
  private boolean checksum;
  private boolean ended;
  private boolean cutOff;

  /** The bytes left of the current content or number. */
  private long left;

  private int numberLeft = MAGIC_BYTES;
  private int numberBytes;
  private int number;

  /**
   * @param packed closed with this
   */
  ZstdFrames(BufferedInputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length && !ended && !cutOff) {
      if (part == Part.MAGIC && numberBytes == 0 && Padding.isNext(packed)) {
        ended = true;
      } else if (part == Part.CONTENT) {
        int count = packed.read(bytes, offset + done, (int) Math.min(length - done, left));
        cutOff = count < 0;
        done += Math.max(count, 0);
        left -= Math.max(count, 0);
        if (left == 0) {
          behindContent();
        }
      } else {
        int next = packed.read();
        cutOff = next < 0;
        if (next >= 0) {
          bytes[offset + done] = (byte) next;
          done++;
          take(next);
        }
      }
    }
    // What is there goes first: it may be damaged, which says more.
    if (done == 0 && cutOff) {
      throw new EOFException("the last frame is not complete");
    }
    return done == 0 && length > 0 ? -1 : done;
  }

  private void take(int next) {
    number |= next << (8 * numberBytes);
    numberBytes++;
    numberLeft--;
    if (numberLeft > 0) {
      return;
    }
    int complete = number;
    switch (part) {
      case MAGIC -> {
        if ((complete & ~0xF) == SKIPPABLE) {
          expect(Part.SKIPPABLE_SIZE, 4);
        } else {
          expect(Part.DESCRIPTOR, 1);
        }
      }
      case SKIPPABLE_SIZE -> {
        lastBlock = true;
        checksum = false;
        content(complete & 0xFFFFFFFFL);
      }
      case DESCRIPTOR -> {
        checksum = (complete & 4) != 0;
        lastBlock = false;
        content(frameHeaderBytes(complete));
      }
      case BLOCK_HEADER -> {
        lastBlock = (complete & 1) != 0;
        content((complete >> 1 & 3) == RUN_BLOCK ? 1 : complete >> 3);
      }
      case CONTENT -> throw new AssertionError(part);
    }
  }

  private static int frameHeaderBytes(int descriptor) {
    boolean singleSegment = (descriptor & 0x20) != 0;
    int size = SIZE_BYTES[descriptor >> 6];
    int shortSize = singleSegment && size == 0 ? 1 : 0;
    return (singleSegment ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3] + size + shortSize;
  }

  private void expect(Part next, int bytes) {
    part = next;
    number = 0;
    numberBytes = 0;
    numberLeft = bytes;
  }

  private void content(long bytes) {
    expect(Part.CONTENT, 0);
    left = bytes;
    if (bytes == 0) {
      behindContent();
    }
  }

  private void behindContent() {
    if (!lastBlock) {
      expect(Part.BLOCK_HEADER, BLOCK_HEADER_BYTES);
    } else if (checksum) {
      checksum = false;
      content(CHECKSUM_BYTES);
    } else {
      expect(Part.MAGIC, MAGIC_BYTES);
    }
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
