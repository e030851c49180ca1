// Node's HTTP server on the listener it inherits: answers every request with its process id.
const server = require('node:http').createServer((request, response) => {
  response.setHeader('Connection', 'close');
  response.end(String(process.pid));
});
process.on('SIGTERM', () => server.close());
server.listen({ fd: 3 });
