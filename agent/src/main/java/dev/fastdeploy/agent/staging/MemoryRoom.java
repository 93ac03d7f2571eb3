package dev.fastdeploy.agent.staging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much memory this process's control groups and the machine leave free (cgroups(7), proc(5);
 * version 1 and 2 of the groups). Files that the kernel may drop at any time count as free.
 *
 * @param proc {@code /proc}
 * @param groups {@code /sys/fs/cgroup}
 */
record MemoryRoom(Path proc, Path groups) {

  static final MemoryRoom OF_THIS_PROCESS =
      new MemoryRoom(Path.of("/proc"), Path.of("/sys/fs/cgroup"));

  /** From here on a value of version 1 means that there is no limit. */
  private static final long UNLIMITED = 1L << 60;

  /** The files of one version of the groups. */
  private record Version(String limit, String used, String droppable) {}

  private static final Version ONE =
      new Version("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");

  private static final Version TWO = new Version("memory.max", "memory.current", "inactive_file");

  /**
   * Returns true if the kernel ends all processes of a group of version 2 together when its memory
   * does not do ({@code memory.oom.group}), as Kubernetes has it.
   */
  boolean endsAllTogether() {
    for (String line : lines(proc.resolve("self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        for (Path group : groups(groups, parts[2])) {
          if (numberIn(group.resolve("memory.oom.group")).orElse(0) == 1) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Returns the least number of bytes that any of them leaves; empty if nothing tells. */
  OptionalLong bytes() {
    List<Long> rooms = new ArrayList<>();
    for (String line : lines(proc.resolve("self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        addRooms(rooms, groups, parts[2], TWO);
      } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
        addRooms(rooms, groups.resolve("memory"), parts[2], ONE);
      }
    }
    for (String line : lines(proc.resolve("meminfo"))) {
      if (line.startsWith("MemAvailable:")) {
        number(line.substring(13).replace("kB", "")).ifPresent(kilos -> rooms.add(kilos * 1024));
      }
    }
    return rooms.stream().mapToLong(Long::longValue).min();
  }

  private static void addRooms(List<Long> rooms, Path root, String path, Version version) {
    groups(root, path).forEach(group -> addRoom(rooms, group, version));
  }

  /** Returns a group and those above it. In a container the path may be the host's. */
  private static List<Path> groups(Path root, String path) {
    List<Path> all = new ArrayList<>();
    Path group = root;
    all.add(group);
    try {
      for (Path part : Path.of("/").relativize(Path.of(path).normalize())) {
        group = group.resolve(part);
        all.add(group);
      }
    } catch (IllegalArgumentException strange) {
      // Then the root tells, or nothing.
    }
    return all;
  }

  private static void addRoom(List<Long> rooms, Path group, Version version) {
    OptionalLong limit = numberIn(group.resolve(version.limit()));
    OptionalLong used = numberIn(group.resolve(version.used()));
    if (limit.isEmpty() || used.isEmpty() || limit.getAsLong() >= UNLIMITED) {
      return;
    }
    long droppable = 0;
    for (String line : lines(group.resolve("memory.stat"))) {
      if (line.startsWith(version.droppable() + " ")) {
        droppable = number(line.substring(version.droppable().length())).orElse(0);
      }
    }
    rooms.add(limit.getAsLong() - used.getAsLong() + droppable);
  }

  private static OptionalLong numberIn(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? OptionalLong.empty() : number(lines.get(0));
  }

  /** Version 2 writes {@code max} where there is no limit. */
  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException notThere) {
      return List.of();
    }
  }
}
