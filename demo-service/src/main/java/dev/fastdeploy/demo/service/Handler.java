package dev.fastdeploy.demo.service;

/** Answers requests. Called by many threads at once. */
interface Handler {

  /** Returns the answer to a request; may take long. */
  Response answer(Request request) throws InterruptedException;
}
