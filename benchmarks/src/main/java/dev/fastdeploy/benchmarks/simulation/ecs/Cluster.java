package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The container instances. Tasks are spread: each goes to where most room is. Not thread-safe. */
final class Cluster {

  private final List<ContainerInstance> instances = new ArrayList<>();
  private final TreeSet<ContainerInstance> byRoom =
      new TreeSet<>(
          Comparator.comparingInt(ContainerInstance::free)
              .reversed()
              .thenComparingInt(ContainerInstance::number));
  private int free;

  /** A cluster in which the old tasks run, task {@code i} on {@link #instanceOf}. */
  Cluster(EventQueue events, EcsParameters parameters) {
    int places = parameters.capacity().places(parameters.tasks());
    int size = divideUp(places, parameters.capacity().tasksPerInstance());
    for (int i = 0; i < size; i++) {
      int here = places / size + (i < places % size ? 1 : 0);
      instances.add(new ContainerInstance(events, parameters.agent(), i, here));
    }
    free = places - parameters.tasks();
    for (int task = 0; task < parameters.tasks(); task++) {
      instanceOf(task).holds();
    }
    byRoom.addAll(instances);
  }

  /** Returns how many tasks may be placed, as the scheduler sees it. */
  int free() {
    return free;
  }

  /** The instance on which a task of the old revision runs. */
  ContainerInstance instanceOf(int oldTask) {
    return instances.get(oldTask % instances.size());
  }

  /** The instance with most room. */
  ContainerInstance roomiest() {
    return byRoom.first();
  }

  /** Places a task. */
  void place(ContainerInstance instance, Runnable start) {
    free--;
    changed(instance, () -> instance.place(start));
  }

  /** A task on an instance is told to stop. */
  void stops(ContainerInstance instance, long stopped) {
    free++;
    changed(instance, () -> instance.stops(stopped));
  }

  private void changed(ContainerInstance instance, Runnable change) {
    byRoom.remove(instance);
    change.run();
    byRoom.add(instance);
  }

  private static int divideUp(int number, int by) {
    return (number + by - 1) / by;
  }
}
