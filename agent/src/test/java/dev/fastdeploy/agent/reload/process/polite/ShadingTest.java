package dev.fastdeploy.agent.reload.process.polite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShadingTest {

  @Test
  void copyIsATypeInOtherPackages() {
    assertThat(Shading.isCopy("io/netty/Codec", "io/netty/Codec")).isTrue();
    assertThat(Shading.isCopy("io/grpc/shaded/io/netty/Codec", "io/netty/Codec")).isTrue();
    assertThat(Shading.isCopy("radio/netty/Codec", "io/netty/Codec")).isFalse();
    assertThat(Shading.isCopy("io/netty/Codec$1", "io/netty/Codec")).isFalse();
  }

  @Test
  void typesHaveThePrefixInTheCopy() {
    String prefix = Shading.prefix("io/grpc/shaded/io/netty/Codec", "io/netty/Codec");
    assertThat(prefix).isEqualTo("io/grpc/shaded/");
    assertThat(Shading.type(prefix, "io/netty/Codec$Loop"))
        .isEqualTo("io/grpc/shaded/io/netty/Codec$Loop");
    assertThat(Shading.type(prefix, "java/lang/Long")).isEqualTo("java/lang/Long");
  }

  @Test
  void descriptorHasThePrefixForEachTypeOfTheCopy() {
    assertThat(
            Shading.descriptor(
                "a/", "(ILjava/util/LinkedList;[Lio/netty/EventLoop$L;J)Lio/netty/Listener;"))
        .isEqualTo("(ILjava/util/LinkedList;[La/io/netty/EventLoop$L;J)La/io/netty/Listener;");
    assertThat(Shading.descriptor("", "(Lio/netty/EventLoop;)V"))
        .isEqualTo("(Lio/netty/EventLoop;)V");
  }
}
