#!/usr/bin/env bash
# A small Spark cluster on this machine: a master, workers and a Spark Connect server, each a process of its own.
#
# Run as: SPARK_HOME=… data/spark/cluster/start-cluster.sh FOLDER
# It listens on the loopback address alone, writes what it needs into FOLDER, the token into FOLDER/token, prints the
# address, and ends with all of its processes when its input ends or it is stopped. Settings, with what they are by
# default: CONNECT_PORT=15002 MASTER_PORT=7077 WORKERS=2 CORES=1 (of each worker) EXECUTOR_MEMORY=600m
# SERVER_MEMORY=700m RESULT_MEMORY=100m (of that for one statement) SPARK_TOKEN= (a new one) ABANDONED_SECONDS=30 (in
# which the loss of an asker is noticed, and after as many more the work ends) REAP_SECONDS=10 (after which an executor
# ends whose task does not stop).
# QUICK_START=1 is for short lives: it starts sooner and computes slower.
set -euo pipefail
# Its own input, which the shell keeps from what runs beside it.
exec 4<&0

folder=$(mkdir -p "$1" && cd "$1" && pwd)
spark_home=${SPARK_HOME:?The folder of Spark; of the Python package it is that of pyspark.}
connect_port=${CONNECT_PORT:-15002}
master_port=${MASTER_PORT:-7077}
here=127.0.0.1
master=spark://$here:$master_port
executor_memory=${EXECUTOR_MEMORY:-600m}

umask 077
secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
token=${SPARK_TOKEN:-$(secret)}
printf %s "$token" >"$folder/token"
mkdir -p "$folder/conf" "$folder/logs" "$folder/local"

java_options='-XX:+UseSerialGC'
if [ -n "${QUICK_START:-}" ]; then java_options="$java_options -XX:TieredStopAtLevel=1 -Xshare:auto"; fi

# Read by all of them; secrets stand in no command line.
cat >"$folder/conf/spark-defaults.conf" <<END
spark.authenticate true
spark.authenticate.secret $(secret)
spark.driver.host $here
spark.driver.bindAddress $here
spark.executor.memory $executor_memory
spark.executor.extraJavaOptions $java_options
spark.local.dir $folder/local
spark.sql.warehouse.dir $folder/warehouse
spark.sql.shuffle.partitions ${SHUFFLE_PARTITIONS:-4}
spark.ui.enabled false
spark.worker.ui.port 0
spark.scheduler.mode FAIR
spark.task.reaper.enabled true
spark.task.reaper.killTimeout ${REAP_SECONDS:-10}s
spark.deploy.maxExecutorRetries -1
# What the results of one statement may take of the server; above that the statement fails and not the server.
spark.driver.maxResultSize ${RESULT_MEMORY:-100m}
# A call is noticed to be gone when its time is over; who is still there calls again.
spark.connect.execute.reattachable.senderMaxStreamDuration ${ABANDONED_SECONDS:-30}s
spark.connect.execute.manager.detachedTimeout ${ABANDONED_SECONDS:-30}s
spark.connect.execute.manager.maintenanceInterval $(((${ABANDONED_SECONDS:-30} + 2) / 3))s
spark.connect.grpc.binding.address $here
spark.connect.grpc.binding.port $connect_port
spark.connect.authenticate.token $token
END

export SPARK_HOME=$spark_home SPARK_CONF_DIR=$folder/conf SPARK_LOCAL_IP=$here SPARK_LOCAL_DIRS=$folder/local
export SPARK_DAEMON_MEMORY=160m SPARK_DAEMON_JAVA_OPTS=$java_options
cd "$folder"

pids=()
stop() {
  trap - EXIT INT TERM
  kill "${pids[@]}" 2>/dev/null || true
  wait "${pids[@]}" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 0' INT TERM

start() {
  local name=$1
  shift
  "$@" >"$folder/logs/$name.log" 2>&1 </dev/null 4<&- &
  pids+=($!)
  echo $! >"$folder/$name.pid"
}

start master "$spark_home/bin/spark-class" org.apache.spark.deploy.master.Master \
  --host "$here" --port "$master_port" --webui-port 0
for ((worker = 1; worker <= ${WORKERS:-2}; worker++)); do
  start "worker$worker" "$spark_home/bin/spark-class" org.apache.spark.deploy.worker.Worker \
    --host "$here" --webui-port 0 --cores "${CORES:-1}" --memory "${WORKER_MEMORY:-2g}" \
    --work-dir "$folder/work$worker" "$master"
done
SPARK_DAEMON_MEMORY=${SERVER_MEMORY:-700m} start connect "$spark_home/bin/spark-submit" \
  --master "$master" --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal

until (exec 3<>"/dev/tcp/$here/$connect_port") 2>/dev/null; do
  if ! kill -0 "${pids[-1]}" 2>/dev/null; then
    tail -n 20 "$folder/logs/connect.log" >&2
    exit 1
  fi
  sleep 0.3
done
echo "ready: spark://parley@$here:$connect_port, with the token in $folder/token"
# A read that is waited for is what a signal interrupts.
cat <&4 >/dev/null &
wait $!
