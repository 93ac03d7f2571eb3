package dev.fastdeploy.shop.work;

import dev.fastdeploy.shop.Revision;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A visit over HTTP: the commit on the first line, what was done on the second. */
@RestController
class WorkController {

  private final WorkService work;

  WorkController(WorkService work) {
    this.work = work;
  }

  @GetMapping(path = "/work", produces = MediaType.TEXT_PLAIN_VALUE)
  String work() {
    return Revision.commit() + "\n" + work.visit() + "\n";
  }
}
