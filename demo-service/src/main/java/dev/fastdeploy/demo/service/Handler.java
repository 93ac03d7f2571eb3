package dev.fastdeploy.demo.service;

/** Answers requests. Called by many threads at once. */
interface Handler {

  /** The answer to a request; taking long is allowed. */
  Response answer(Request request) throws InterruptedException;
}
