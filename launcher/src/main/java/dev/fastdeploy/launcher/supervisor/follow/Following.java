package dev.fastdeploy.launcher.supervisor.follow;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.FollowOptions;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds the release that a container starts if it follows an environment: the environment's stable
 * one, if it is known and nobody has said otherwise. Asked once, before the service's first start.
 */
@SupervisorThread
public final class Following {

  private final Optional<FollowOptions> follow;
  private final RecordQuestion question;
  private final Releases releases;
  private final BlockingQueue<SupervisorEvent> events;
  private final StopRequest stop;
  private final StopListener listener;

  public Following(
      RunOptions options,
      RecordQuestion question,
      Releases releases,
      BlockingQueue<SupervisorEvent> events,
      StopRequest stop) {
    this.follow = options.follow();
    this.question = question;
    this.releases = releases;
    this.events = events;
    this.stop = stop;
    this.listener = new StopListener(events, stop, options.end().stopTimeout());
  }

  /**
   * Returns the release to start. One that must prove itself is pending in the home.
   *
   * @param own the release that the container starts by itself
   * @return either one if the launcher was told to stop meanwhile
   */
  public Release orOwn(Release own) throws InterruptedException {
    // A home that cannot be written to takes no new release; that was said before.
    if (follow.isEmpty() || !releases.writable()) {
      return own;
    }
    Optional<String> unfollowed = releases.unfollowed();
    if (unfollowed.isPresent()) {
      Release image = releases.imageWanted();
      Diagnostics.say(
          name(follow.get())
              + " is not followed (unfollow: "
              + unfollowed.get()
              + "); the image release "
              + image.commit()
              + " is started, until 'fastdeploy follow' or another image");
      return image;
    }
    return ask(follow.get(), own);
  }

  private Release ask(FollowOptions wanted, Release own) throws InterruptedException {
    while (true) {
      FollowAnswer answer =
          new FollowProcess(question, wanted.timeout(), events, listener, stop).ask();
      if (stop.requested() || answer instanceof FollowAnswer.Own) {
        return own;
      }
      Optional<Release> stable =
          answer instanceof FollowAnswer.Stable said
              ? releases.follow(said.commit(), said.epoch())
              : Optional.empty();
      if (stable.isPresent()) {
        sayStable(wanted, own, stable.get());
        return stable.get();
      }
      String reason =
          answer instanceof FollowAnswer.Unknown unknown
              ? unknown.reason()
              : "its stable release could not be made current";
      if (!wanted.required()) {
        Diagnostics.say(
            name(wanted)
                + " is not followed: "
                + reason
                + "; the release "
                + own.commit()
                + (releases.isImage(own) ? ", the image's," : ", which was proven last,")
                + " is started");
        return own;
      }
      Diagnostics.say(
          name(wanted)
              + " cannot be followed: "
              + reason
              + "; nothing is started until it can be (--follow require)");
      if (stopsWithin(pause())) {
        return own;
      }
    }
  }

  private void sayStable(FollowOptions wanted, Release own, Release stable) {
    if (!stable.equals(own)) {
      Diagnostics.say(
          "the release "
              + stable.commit()
              + ", the stable one of "
              + name(wanted)
              + ", is started in place of "
              + own.commit()
              + ", on probation");
    }
  }

  private boolean stopsWithin(Duration pause) throws InterruptedException {
    DueTime over = new DueTime();
    over.in(pause);
    while (!stop.requested() && !over.takeIfDue(System.nanoTime())) {
      listener.next(over.left(System.nanoTime()));
    }
    return stop.requested();
  }

  /** Returns a random pause: many containers start together, and should not ask again together. */
  private Duration pause() {
    long least = question.pause().toMillis();
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(least, 4 * least));
  }

  private static String name(FollowOptions wanted) {
    return "the environment '" + wanted.environment() + "'";
  }
}
