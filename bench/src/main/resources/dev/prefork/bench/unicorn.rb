listen "127.0.0.1:${PORT}", backlog: 1024
worker_processes ${WORKERS}
