package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.util.List;

/**
 * Passes everything to several reports, in order.
 *
 * @param reports the reports
 */
public record EachReport(List<FleetReport> reports) implements FleetReport {

  public EachReport {
    reports = List.copyOf(reports);
  }

  @Override
  public void begun(int epoch, int resumes, Plan plan) {
    reports.forEach(report -> report.begun(epoch, resumes, plan));
  }

  @Override
  public void said(Event event) {
    reports.forEach(report -> report.said(event));
  }

  @Override
  public void interrupted(DeployId deploy) {
    reports.forEach(report -> report.interrupted(deploy));
  }

  @Override
  public void ended(Summary summary) {
    reports.forEach(report -> report.ended(summary));
  }

  @Override
  public void over(int epoch, DeployId deploy, Summary summary) {
    reports.forEach(report -> report.over(epoch, deploy, summary));
  }
}
