# Sourced before Ray starts on a node: what Ray reads from the environment, and our settings file.
set -a
. "${COUNTINGHOUSE_ENV_FILE:-/etc/countinghouse/countinghouse.env}"
RAY_SERVE_ENABLE_HA_PROXY=1
RAY_SERVE_THROUGHPUT_OPTIMIZED=1
RAY_USAGE_STATS_ENABLED=0
PYTHONPATH=/opt/countinghouse
set +a
