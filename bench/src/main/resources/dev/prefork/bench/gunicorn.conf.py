# A thread for each client at least: else those that keep their connections would shut out the others.
bind = "127.0.0.1:${PORT}"
backlog = 1024
workers = ${WORKERS}
worker_class = "gthread"
threads = 2
keepalive = 15
worker_tmp_dir = "/dev/shm"
