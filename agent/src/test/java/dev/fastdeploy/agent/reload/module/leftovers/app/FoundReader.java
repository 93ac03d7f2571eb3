package dev.fastdeploy.agent.reload.module.leftovers.app;

/** A reader of images that nothing but its entry for {@code ServiceLoader} names. */
public final class FoundReader extends LabReader {}
