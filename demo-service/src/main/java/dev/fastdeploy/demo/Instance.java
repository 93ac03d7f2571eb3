package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.traffic.Books;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One instance: a launcher with its service.
 *
 * @param index from 0
 * @param port the port of the service
 * @param controlPort the port of the control endpoint
 * @param launcher the process
 */
record Instance(int index, int port, int controlPort, LauncherProcess launcher) {

  /** Returns its name for people. */
  String name() {
    return "instance-" + (index + 1);
  }

  /** Returns the address at which the command reaches it. */
  String target() {
    return "127.0.0.1:" + controlPort;
  }

  /** Returns its line in a fleet file: the address, an unknown zone, and its name. */
  String fleetLine() {
    return target() + " - " + name();
  }

  /** Returns true if service and control endpoint can be reached. */
  boolean listens() {
    return listensAt(port) && listensAt(controlPort);
  }

  private static boolean listensAt(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns what its processes have said about the requests that they read. */
  Books books() {
    return Books.read(launcher.output().stdout());
  }

  /** Returns its processes that have listened and live. */
  Set<Long> running() {
    return books().listened().stream()
        .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
        .collect(Collectors.toSet());
  }
}
