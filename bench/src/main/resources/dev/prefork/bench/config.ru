HELLO = "hello, world\n".freeze
TEN_K = ("x" * 10_240).freeze

def burn
  finish = Process.clock_gettime(Process::CLOCK_THREAD_CPUTIME_ID) + 0.005
  nil while Process.clock_gettime(Process::CLOCK_THREAD_CPUTIME_ID) < finish
  "done\n"
end

run lambda { |env|
  path = env["PATH_INFO"]
  body = path == "/cpu" ? burn : path == "/10k" ? TEN_K : HELLO
  [200, { "Content-Type" => "text/plain", "Content-Length" => body.bytesize.to_s }, [body]]
}
