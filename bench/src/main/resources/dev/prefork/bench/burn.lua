require "apache2"

function handle(r)
  local finish = os.clock() + 0.005
  while os.clock() < finish do end
  r.content_type = "text/plain"
  r:puts("done\n")
  return apache2.OK
end
