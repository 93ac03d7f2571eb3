#!/bin/sh
# The entrypoint of a container: fastdeploy-entrypoint.sh [options of run] -- COMMAND...
#
# Runs the launcher in a small JVM of its own. What the platform injects for the service's JVM
# (collector, debug port, another agent) is kept from the launcher and handed to the service.
#
# FASTDEPLOY_JAR   fastdeploy.jar, if it does not lie beside this script
# JAVA_HOME        the JDK that runs the launcher, if it is not the java on the PATH
set -eu

if [ -n "${JAVA_TOOL_OPTIONS:-}" ]; then
  export FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS="$JAVA_TOOL_OPTIONS"
fi
if [ -n "${JDK_JAVA_OPTIONS:-}" ]; then
  export FASTDEPLOY_CHILD_JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS"
fi
if [ -n "${_JAVA_OPTIONS:-}" ]; then
  export FASTDEPLOY_CHILD__JAVA_OPTIONS="$_JAVA_OPTIONS"
fi
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

# A JVM reads its words in the charset of its locale, ASCII where there is none or it is not
# installed. The service gets the locale that was said.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  '' | C | POSIX | *.UTF-8 | *.utf8 | *.UTF8 | *.utf-8)
    export FASTDEPLOY_CHILD_LC_ALL="${LC_ALL-}" LC_ALL=C.UTF-8 ;;
esac

case $0 in
  */*) beside=${0%/*} ;;
  *) beside=. ;;
esac

# 8 MB of heap, a small part of it for what is short-lived, and one compiler that waits for what is
# really hot are plenty for what waits most of the time; the last two flags keep the pages of the
# JDK's class-data archive shared with other JVMs.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -Xmx8m -Xmn1m -XX:+UseSerialGC -Xss256k -XX:TieredStopAtLevel=1 \
  -XX:CompileThresholdScaling=10 -XX:ReservedCodeCacheSize=4m -XX:-UsePerfData \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -jar "${FASTDEPLOY_JAR:-$beside/fastdeploy.jar}" run "$@"
