package dev.fastdeploy.agent.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryRoomTest {

  @TempDir Path folder;

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private MemoryRoom room() {
    return new MemoryRoom(folder.resolve("proc"), folder.resolve("groups"));
  }

  @Test
  void aContainerOfVersionTwoLeavesWhatIsFreeAndWhatItsFilesTake() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("groups/memory.max", "1000000\n");
    write("groups/memory.current", "900000\n");
    write("groups/memory.stat", "anon 700000\nactive_file 50000\ninactive_file 150000\n");
    write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n");

    assertThat(room().bytes()).hasValue(250_000);
  }

  @Test
  void theTightestGroupCounts() throws IOException {
    write("proc/self/cgroup", "0::/pods/one\n");
    write("groups/pods/memory.max", "500000\n");
    write("groups/pods/memory.current", "400000\n");
    write("groups/pods/one/memory.max", "max\n");
    write("groups/pods/one/memory.current", "300000\n");

    assertThat(room().bytes()).hasValue(100_000);
  }

  @Test
  void aContainerOfVersionOneIsReadByItsController() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n");
    write("groups/memory/memory.limit_in_bytes", "2000000\n");
    write("groups/memory/memory.usage_in_bytes", "1500000\n");
    write("groups/memory/memory.stat", "inactive_file 5\ntotal_inactive_file 100000\n");

    assertThat(room().bytes()).hasValue(600_000);
  }

  @Test
  void withoutALimitTheMachineCounts() throws IOException {
    write("proc/self/cgroup", "4:memory:/\n");
    write("groups/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("groups/memory/memory.usage_in_bytes", "1500000\n");
    write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n");

    assertThat(room().bytes()).hasValue(8_192_000);
  }

  @Test
  void whatCannotBeReadOrUnderstoodTellsNothing() throws IOException {
    assertThat(room().bytes()).isEmpty();

    write("proc/self/cgroup", "\n0::/../../\nmemory\n0::/a\0b\n");
    write("groups/memory.max", "lots\n");
    write("proc/meminfo", "MemAvailable: some\n");

    assertThat(room().bytes()).isEmpty();
  }

  @Test
  void aGroupSaysIfTheKernelEndsItAsAWhole() throws IOException {
    write("proc/self/cgroup", "0::/pods/one\n");
    write("groups/pods/one/memory.oom.group", "0\n");
    assertThat(room().endsAllTogether()).isFalse();

    write("groups/pods/memory.oom.group", "1\n");
    assertThat(room().endsAllTogether()).isTrue();
  }

  @Test
  void thisMachineTells() {
    assertThat(MemoryRoom.OF_THIS_PROCESS.bytes()).isPresent();
  }
}
