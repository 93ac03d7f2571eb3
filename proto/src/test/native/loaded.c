/*
 * Loads the library as the JVM of this C library would, and makes a call by each name of its
 * functions. Prints a line for each, "ok" if it did what it should.
 */

#include <dlfcn.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define GET_DIRECT_BUFFER_ADDRESS 230

typedef long (*address_function)(void *env, void *owner, void *buffer);
typedef long (*call_function)(
    void *env, void *owner, long number, long a, long b, long c, long d, long e, long f);

static const char *const OWNERS[] = {
    "Java_dev_fastdeploy_contract_descriptors_SystemCalls", "Java_sun_nio_ch_FastdeployListening"};

static void *itself(void *env, void *buffer) {
  (void)env;
  return buffer;
}

static int tell(int good, const char *owner, const char *what) {
  printf("%s %s %s\n", good ? "ok" : "failed", owner, what);
  return good ? 0 : 1;
}

int main(int count, char **arguments) {
  void *library = count == 2 ? dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (library == NULL) {
    printf("failed to load: %s\n", dlerror());
    return 1;
  }
  void *functions[GET_DIRECT_BUFFER_ADDRESS + 1] = {0};
  functions[GET_DIRECT_BUFFER_ADDRESS] = (void *)itself;
  void **table = functions;
  int bad = 0;
  for (int one = 0; one < 2; one++) {
    char name[128];
    snprintf(name, sizeof name, "%s_address", OWNERS[one]);
    address_function address = (address_function)dlsym(library, name);
    snprintf(name, sizeof name, "%s_call", OWNERS[one]);
    call_function call = (call_function)dlsym(library, name);
    if (address == NULL || call == NULL) {
      return tell(0, OWNERS[one], "is missing");
    }
    int pair[2] = {-1, -1};
    char byte = 'b';
    bad += tell(address(&table, NULL, pair) == (long)pair, OWNERS[one], "address");
    bad += tell(call(&table, NULL, SYS_getpid, 0, 0, 0, 0, 0, 0) == getpid(), OWNERS[one], "pid");
    bad += tell(
        call(&table, NULL, SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (long)pair, 0, 0) == 0
            && write(pair[0], &byte, 1) == 1 && read(pair[1], &byte, 1) == 1,
        OWNERS[one], "socketpair");
    bad += tell(call(&table, NULL, SYS_close, -1, 0, 0, 0, 0, 0) == -9, OWNERS[one], "EBADF");
  }
  return bad;
}
