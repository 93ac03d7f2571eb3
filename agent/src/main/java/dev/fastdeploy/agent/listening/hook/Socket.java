package dev.fastdeploy.agent.listening.hook;

/** Stands for {@code io.netty.channel.unix.Socket}, whose native methods are private. */
final class Socket {

  private Socket() {}
}
