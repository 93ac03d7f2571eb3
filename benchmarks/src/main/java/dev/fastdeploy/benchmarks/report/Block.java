package dev.fastdeploy.benchmarks.report;

/** A part of a section. */
public sealed interface Block permits Prose, Table, Chart {}
