package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.prefs.NodeChangeEvent;
import java.util.prefs.NodeChangeListener;
import java.util.prefs.Preferences;

/** Listens to nodes of the preferences, which are written nowhere. */
public final class PreferencesApp implements Runnable {

  @Override
  public void run() {
    Preferences node = Preferences.userRoot().node("lab");
    node.addPreferenceChangeListener(event -> System.getProperty(event.getKey()));
    Preferences.userRoot().addNodeChangeListener(new Nodes());
  }

  private static final class Nodes implements NodeChangeListener {
    @Override
    public void childAdded(NodeChangeEvent event) {}

    @Override
    public void childRemoved(NodeChangeEvent event) {}
  }
}
