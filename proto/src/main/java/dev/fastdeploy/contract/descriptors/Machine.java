package dev.fastdeploy.contract.descriptors;

import java.util.Optional;

/**
 * The numbers of system calls and the layouts that differ between machines. From the kernel's
 * {@code arch/x86/entry/syscalls/syscall_64.tbl} and {@code include/uapi/asm-generic/unistd.h}.
 *
 * @param file the name of the native library
 * @param eventData where {@code struct epoll_event} has its data: it is packed on x86-64 alone
 *     (epoll_ctl(2))
 */
record Machine(
    String file,
    int close,
    int dup3,
    int fcntl,
    int listen,
    int socketpair,
    int sendmsg,
    int recvmsg,
    int getsockopt,
    int epollCtl,
    int socket,
    int bind,
    int connect,
    int accept4,
    int accept,
    int shutdown,
    int getsockname,
    int setsockopt,
    int tgkill,
    int eventData) {

  private static final Machine X86_64 =
      new Machine(
          "x86_64.so",
          3,
          292,
          72,
          50,
          53,
          46,
          47,
          55,
          233,
          41,
          49,
          42,
          288,
          43,
          48,
          51,
          54,
          234,
          4);

  private static final Machine AARCH64 =
      new Machine(
          "aarch64.so",
          57,
          24,
          25,
          201,
          199,
          211,
          212,
          209,
          21,
          198,
          200,
          203,
          242,
          202,
          210,
          204,
          208,
          131,
          8);

  /** Returns the machine with a name as the property {@code os.arch} has it; empty if unknown. */
  static Optional<Machine> named(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
