import { WebSocket } from "ws";

/**
 * Floods a gateway from one address, in a process of its own: sockets that each send so many messages a second and come back
 * at once when they are cut off. Arguments: address, seconds, sockets, messages a second of each.
 */
const [ws = "", seconds = "5", sockets = "10", rate = "100"] = process.argv.slice(2);
const ends = performance.now() + Number(seconds) * 1_000;
const counts = { sent: 0, refused: 0, cut: 0, turned_back: 0 };
const headers = { "x-forwarded-for": "198.51.100.7" };

async function flood(): Promise<void> {
  while (performance.now() < ends) {
    const socket = new WebSocket(ws, "parley.v1", { headers });
    const closed = new Promise<void>((done) => socket.once("close", () => done()));
    let opened = false;
    socket.on("error", () => {});
    socket.on("message", (data) => {
      if (String(data).includes('"code":"rate_limited"')) counts.refused += 1;
    });
    socket.once("open", () => {
      opened = true;
      socket.send('{"type":"hello","currency":"USD"}');
    });
    const timer = setInterval(() => {
      if (socket.readyState !== WebSocket.OPEN) return;
      for (let i = 0; i < Number(rate) / 20; i++) {
        counts.sent += 1;
        socket.send(`{"type":"say","id":"f${counts.sent}","act":{"act":"search","query":"chair"}}`);
      }
      if (performance.now() > ends) socket.terminate();
    }, 50);
    await closed;
    clearInterval(timer);
    if (opened && performance.now() < ends) counts.cut += 1;
    else if (!opened) {
      counts.turned_back += 1;
      await new Promise((on) => setTimeout(on, 50));
    }
  }
}

await Promise.all(Array.from({ length: Number(sockets) }, flood));
process.stdout.write(`${JSON.stringify(counts)}\n`);
