/*
 * Tries each system call of Machine on the machine that this is built for, with the library's own
 * way to make it; NativeLibraryTest builds it without a C library, gives the numbers as macros, and
 * runs it. One line a call; a line that begins with BAD is a number or a layout that is wrong.
 */

typedef long jlong;
jlong Java_dev_fastdeploy_contract_descriptors_SystemCalls_call(
    void *env, void *owner, jlong number, jlong a, jlong b, jlong c, jlong d, jlong e, jlong f);

#define CALL(number, a, b, c, d, e)                                                               \
  Java_dev_fastdeploy_contract_descriptors_SystemCalls_call(                                      \
      0, 0, number, (jlong)(a), (jlong)(b), (jlong)(c), (jlong)(d), (jlong)(e), 0)

#if defined(__x86_64__)
enum { read = 0, write = 1, exit_group = 231, getpid = 39, gettid = 186, epoll_create1 = 291 };
#else
enum { read = 63, write = 64, exit_group = 94, getpid = 172, gettid = 178, epoll_create1 = 20 };
#endif

static int bad;

static void print(const char *text) {
  long length = 0;
  while (text[length]) {
    length++;
  }
  CALL(write, 1, text, length, 0, 0);
}

static void check(const char *what, int right) {
  print(right ? "ok  " : "BAD ");
  print(what);
  print("\n");
  bad |= !right;
}

void *memset(void *to, int with, unsigned long length) {
  char *at = to;
  while (length--) {
    *at++ = (char)with;
  }
  return to;
}

/* As Descriptors lays them out; sendmsg(2), cmsg(3). */
struct piece {
  void *base;
  long length;
};

struct header {
  void *name;
  int name_length, unused;
  struct piece *pieces;
  long piece_count;
  void *control;
  long control_length;
  int flags, unused2;
};

struct rights {
  long length;
  int level, type, descriptor, unused;
};

/* As Machine says of its data. */
struct __attribute__((packed)) event {
  int events;
  char padding[eventData - 4];
  long data;
};

static void pass_a_descriptor(void) {
  int way[2], passed[2];
  check("socketpair", CALL(socketpair, 1, 5 | 0x80000, 0, way, 0) == 0);
  CALL(socketpair, 1, 5 | 0x80000, 0, passed, 0);
  struct rights rights = {20, 1, 1, passed[0], 0};
  char byte = 7;
  struct piece piece = {&byte, 1};
  struct header header = {0, 0, 0, &piece, 1, &rights, 24, 0, 0};
  check("sendmsg", CALL(sendmsg, way[0], &header, 0x4000, 0, 0) == 1);
  memset(&rights, 0, sizeof rights);
  byte = 0;
  header.control_length = 24;
  check("recvmsg", CALL(recvmsg, way[1], &header, 0x40000000, 0, 0) == 1 && byte == 7);
  check("dup3", CALL(dup3, rights.descriptor, way[0], 0x80000, 0, 0) == way[0]);
  byte = 9;
  CALL(write, way[0], &byte, 1, 0, 0);
  byte = 0;
  check("what is passed", CALL(read, passed[1], &byte, 1, 0, 0) == 1 && byte == 9);
}

static void listen_and_accept(void) {
  struct {
    short family;
    unsigned short port;
    unsigned char host[4];
    char unused[8];
  } address = {2, 0, {127, 0, 0, 1}, {0}};
  int listener = (int)CALL(socket, 2, 1 | 0x80000, 0, 0, 0);
  check("socket", listener > 2);
  check("bind", CALL(bind, listener, &address, 16, 0, 0) == 0);
  check("listen", CALL(listen, listener, 65535, 0, 0, 0) == 0);
  int length = 16;
  check("getsockname", CALL(getsockname, listener, &address, &length, 0, 0) == 0 && address.port);
  int value = 0;
  length = 4;
  check("getsockopt", CALL(getsockopt, listener, 1, 30, &value, &length) == 0 && value == 1);
  check("setsockopt", CALL(setsockopt, listener, 1, 2, &value, 4) == 0);
  int client = (int)CALL(socket, 2, 1, 0, 0, 0);
  check("connect", CALL(connect, client, &address, 16, 0, 0) == 0);
  check("accept4", CALL(accept4, listener, 0, 0, 0x80000, 0) > 2);
  CALL(connect, CALL(socket, 2, 1, 0, 0, 0), &address, 16, 0, 0);
  check("accept", CALL(accept, listener, 0, 0, 0, 0) > 2);
  int epoll = (int)CALL(epoll_create1, 0x80000, 0, 0, 0, 0);
  struct event event = {.events = 1, .data = 42};
  check("epoll_ctl", CALL(epollCtl, epoll, 1, listener, &event, 0) == 0);
  check("fcntl", CALL(fcntl, listener, 1030, 0, 0, 0) > 2);
  check("shutdown", CALL(shutdown, client, 1, 0, 0, 0) == 0);
  check("close", CALL(close, client, 0, 0, 0, 0) == 0 && CALL(close, client, 0, 0, 0, 0) == -9);
}

/* Nothing has called it, so its stack is not aligned as a function's would be. */
#if defined(__x86_64__)
__attribute__((force_align_arg_pointer))
#endif
void _start(void) {
  pass_a_descriptor();
  listen_and_accept();
  long pid = CALL(getpid, 0, 0, 0, 0, 0);
  check("tgkill", CALL(tgkill, pid, CALL(gettid, 0, 0, 0, 0, 0), 0, 0, 0) == 0);
  CALL(exit_group, bad, 0, 0, 0, 0);
}
