package dev.fastdeploy.benchmarks.report;

/** What a section consists of. */
public sealed interface Block permits Text, Table, Chart {}
