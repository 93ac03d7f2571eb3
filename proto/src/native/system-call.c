/*
 * One raw system call, and the address of a direct buffer for its structures: all that a JVM before
 * 22 lacks to pass listening sockets to another process. Needs no C library, so one file serves
 * glibc and musl; layouts and numbers are in Java, where they are tested.
 *
 * Like SystemCalls.java, which declares both functions.
 */

typedef long jlong; /* 64 bits on both architectures */

/* "GetDirectBufferAddress", JNI Specification, chapter 4: index 230 of the function table. */
typedef void *(*buffer_address)(void *env, void *buffer);
#define GET_DIRECT_BUFFER_ADDRESS 230

__attribute__((visibility("default"))) jlong
Java_dev_fastdeploy_contract_descriptors_SystemCalls_address(void *env, void *owner, void *buffer) {
  (void)owner;
  void **functions = *(void ***)env;
  return (jlong)((buffer_address)functions[GET_DIRECT_BUFFER_ADDRESS])(env, buffer);
}

/* Returns what the kernel returns: -errno for a failure. syscall(2) lists the registers. */
__attribute__((visibility("default"))) jlong
Java_dev_fastdeploy_contract_descriptors_SystemCalls_call(
    void *env, void *owner, jlong number, jlong a, jlong b, jlong c, jlong d, jlong e, jlong f) {
  (void)env;
  (void)owner;
#if defined(__x86_64__)
  jlong result;
  register jlong r10 __asm__("r10") = d;
  register jlong r8 __asm__("r8") = e;
  register jlong r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register jlong x8 __asm__("x8") = number;
  register jlong x0 __asm__("x0") = a;
  register jlong x1 __asm__("x1") = b;
  register jlong x2 __asm__("x2") = c;
  register jlong x3 __asm__("x3") = d;
  register jlong x4 __asm__("x4") = e;
  register jlong x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
#else
#error "no system call for this architecture"
#endif
}

/*
 * The same for an agent, which defines the class that declares them in the JDK's base module: such
 * a class may call native code without a warning. Like ListeningHook.java.
 */
__attribute__((
    visibility("default"),
    alias("Java_dev_fastdeploy_contract_descriptors_SystemCalls_address"))) jlong
Java_sun_nio_ch_FastdeployListening_address(void *env, void *owner, void *buffer);

__attribute__((
    visibility("default"),
    alias("Java_dev_fastdeploy_contract_descriptors_SystemCalls_call"))) jlong
Java_sun_nio_ch_FastdeployListening_call(
    void *env, void *owner, jlong number, jlong a, jlong b, jlong c, jlong d, jlong e, jlong f);
