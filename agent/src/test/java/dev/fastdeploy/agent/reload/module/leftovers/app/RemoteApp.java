package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.server.UnicastRemoteObject;

/** Exports a remote object. */
public final class RemoteApp implements Runnable {

  private static final Service SERVICE = new Service();

  @Override
  public void run() {
    try {
      UnicastRemoteObject.exportObject(SERVICE, 0);
    } catch (RemoteException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class Service implements Remote {}
}
