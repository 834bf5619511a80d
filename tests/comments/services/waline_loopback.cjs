// Keeps Waline on loopback, because it listens on all interfaces otherwise, and ends it with its
// parent, whose end closes standard input.
const cluster = require("node:cluster");
const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (first, ...others) {
  const isPort = typeof first === "number" || typeof first === "string";
  const given = isPort ? { port: Number(first) } : first;
  const callback = others.find((argument) => typeof argument === "function");
  return listen.call(this, { ...given, host: "127.0.0.1" }, callback);
};

if (cluster.isPrimary) {
  process.stdin.on("end", () => process.exit());
  process.stdin.resume();
}
