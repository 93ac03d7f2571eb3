package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.time.Duration;

/**
 * The parts of the launcher that every instance of the service uses. There is one of each, however
 * many instances run.
 *
 * @param system sends signals
 * @param patience the time within which an instance's agent should be heard of
 * @param doubts the doubts about where an instance's classes come from
 */
@SupervisorThread
record LauncherParts(
    RunOptions options,
    Releases releases,
    ProcessSpawner spawner,
    Signals system,
    StopRequest stop,
    ReloadRecord reloads,
    ConnectionHold hold,
    Duration patience,
    LastSaid doubts) {}
