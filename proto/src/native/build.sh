#!/usr/bin/env bash
# Builds the native library for both architectures, on either, into a directory (default: beside the
# classes that load it). The same compiler gives the same bytes; the test NativeLibraryTest builds
# it again, where that compiler is, and compares.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-$here/../main/resources/dev/fastdeploy/contract/descriptors}
mkdir -p "$to"
for machine in x86_64 aarch64; do
  # Debian 12's packages clang-14 and lld-14.
  clang-14 --target=$machine-linux-gnu -std=c11 -Wall -Wextra -Werror \
    -O2 -fPIC -ffreestanding -fvisibility=hidden -fno-asynchronous-unwind-tables -fno-ident -fcf-protection=none \
    -nostdlib -shared -fuse-ld=lld-14 \
    -Wl,--build-id=none,-z,noexecstack,-z,relro,-z,now,--hash-style=both,-s,-soname,fastdeploy \
    -o "$to/$machine.so" "$here/system-call.c"
  chmod 644 "$to/$machine.so"
done
