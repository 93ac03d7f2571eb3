package dev.fastdeploy.benchmarks.sample;

import java.util.Locale;

/** The figures that can be measured. Their names are in result files: add, never rename. */
public enum Figure {
  STAGE("stage", "ms", "to lay out the release beside the running one"),
  FIRST_ANSWER("first answer", "ms", "from the request to the first answer of the new commit"),
  SETTLED("settled", "ms", "from the request until the way itself calls the reload done"),
  SENT("requests", "", "due from the request on, until the latency was back"),
  FAILED("failed", "", "requests without a good answer"),
  GAP("longest gap", "ms", "from one good answer to the next"),
  SYN_RETRANSMISSIONS("SYN again", "", "connections asked for again, for want of room in a queue"),
  P99_BEFORE("p99 before", "ms", "99th percentile of the latency before the request"),
  P99_DURING("p99 during", "ms", "99th percentile of the latency while a release was staged"),
  P99_BACK("p99 back", "ms", "from the request until the 99th percentile is back"),
  PROCESSOR("processor", "s", "processor time of all processes, from the request on"),
  MEMORY_BEFORE("memory before", "MB", "proportional set size of all processes, collected, before"),
  MEMORY("memory", "MB", "proportional set size of all processes, collected, after"),
  SERVICE_MEMORY_BEFORE(
      "memory before", "MB", "proportional set size of the service's process, collected, before"),
  SERVICE_PROCESSOR(
      "service's processor", "s", "processor time of the service's process while it staged"),
  HELPERS_PROCESSOR(
      "other processor", "s", "processor time of the processes that it started for that"),
  HELPERS_PEAK("others' peak RSS", "MB", "the most that those had resident"),
  METASPACE_BEFORE("metaspace before", "MB", "metaspace of the service's JVM, before"),
  METASPACE("metaspace", "MB", "metaspace of the service's JVM, after"),
  LOADERS_BEFORE("loaders before", "", "class loaders alive in the service's JVM, before"),
  LOADERS("loaders", "", "class loaders alive in the service's JVM, after"),
  OLD_LOADERS("old loaders", "", "class loaders of earlier releases that were not collected"),
  PROCESS_KEPT("same process", "", "1 if the process that answered before answers after, else 0"),
  START("start", "ms", "from the start of the first process to the service's first answer"),
  ANNOUNCED_ANSWER(
      "restart", "ms", "from the announced end of the process to the new one's first answer"),
  SERVICE_MEMORY("memory", "MB", "proportional set size of the service's process, collected"),
  END("end", "ms", "from TERM to the end of the process that was started first"),
  RESTART_GAP("end to next start", "ms", "from the end of a child to the start of the next"),
  RESIDENT("RSS", "MB", "resident set size of the supervisor, its child not counted"),
  PRIVATE_DIRTY("private dirty", "MB", "of it what no other process shares and no file backs"),
  COMMAND_PROCESSOR("processor", "s", "processor time of the process that deploys to a fleet"),
  COMMAND_PEAK("peak RSS", "MB", "the most memory that it had resident"),
  COMMAND_TIME("time", "s", "from its start to its end"),
  COMMAND_SOCKETS("sockets", "", "that it had open at most"),
  INSTANCE_CALLS("calls", "", "the most that came to an instance without a fault"),
  FLEET_NINETY("90 %", "s", "from the start of the command until nine tenths were proven"),
  FLEET_ALL("100 %", "s", "from the start of the command until all were proven"),
  FLEET_PROVEN("proven", "", "instances that ran the commit in the end"),
  FLEET_FAILED("failed", "", "instances on which the release did not come up"),
  FLEET_UNREACHABLE("unreachable", "", "instances that did not answer"),
  RECORD_SIZE("record", "MB", "what the deploy left in its record"),
  REFUSED("refused", "", "requests for which nobody listened"),
  RESET("reset", "", "requests whose connection was reset"),
  ENDED_EARLY("ended early", "", "requests whose connection ended before the whole answer"),
  TIMED_OUT("timed out", "", "requests for which nothing happened for as long as a client waits"),
  OTHER_ANSWER("other answer", "", "requests that were answered with something else than 200"),
  OTHER_LOSS("otherwise lost", "", "requests that were lost in any other way"),
  ANSWERED("answered", "", "requests with the whole answer"),
  TOLD("told", "", "requests or connections whose client was told that the connection ends"),
  FIRST_END("first end", "ms", "from the drain on until the first of them ended for a client"),
  LAST_END("last end", "ms", "from the drain on until the last of them ended for a client"),
  LONGEST_WAIT("longest wait", "ms", "from when a request was due to its good answer"),
  WAIT_AIM("wait aimed at", "ms", "1.1 times drain and start, and the time of the queue"),
  DRAIN("drain", "ms", "from the announced end of the process to its end, as it is told"),
  NEXT_READY("ready", "ms", "from the end of the process until the next one says that it is ready"),
  QUEUE("queue", "", "requests that waited when the new commit answered first"),
  QUEUE_TIME("queue time", "ms", "the queue by the rate at which nine tenths of it were answered"),
  CONNECTIONS("connections", "", "that the load asked for"),
  PEAK_RESIDENT("peak RSS", "MB", "the most that all processes had resident together"),
  SPAN("span", "s", "from the request until the latency was back, or watched no longer"),
  TIME("time", "ms", "of one invocation");

  private final String title;
  private final String unit;
  private final String meaning;

  Figure(String title, String unit, String meaning) {
    this.title = title;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The name in result files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For a heading. */
  public String title() {
    return title;
  }

  /** Such as ms; empty for counts. */
  public String unit() {
    return unit;
  }

  /** Returns its meaning, in half a sentence. */
  public String meaning() {
    return meaning;
  }

  /**
   * The figure of a {@link #key}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Figure of(String key) {
    for (Figure figure : values()) {
      if (figure.key().equals(key)) {
        return figure;
      }
    }
    throw new IllegalArgumentException("the figure '" + key + "' is unknown");
  }
}
