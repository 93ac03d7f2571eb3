package dev.fastdeploy.shop.devtools;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has DevTools restart the application at once, as its file watcher would some time after a change.
 */
@RestController
@ConditionalOnClass(name = "org.springframework.boot.devtools.restart.Restarter")
class RestartController {

  /** Beside the request: the restart waits for the end of requests, and would wait for this one. */
  @PostMapping("/restart")
  String restart() {
    Thread restart = new Thread(() -> Restarter.getInstance().restart(), "shop-restart");
    restart.setDaemon(false);
    restart.start();
    return "restarts\n";
  }
}
