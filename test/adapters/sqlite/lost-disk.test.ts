import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Peer, type RunningGateway, startGateway } from "../../harness.ts";
import { newId } from "../../session/buying.ts";

/** Makes every fsync of a process and its threads fail from here on, until it is ended. */
async function failing(pid: number): Promise<ChildProcess> {
  const calls = "fsync,fdatasync";
  const tracer = spawn("strace", [
    "-f",
    "-p",
    String(pid),
    "-e",
    `trace=${calls}`,
    "-e",
    `inject=${calls}:error=EIO`,
  ]);
  await new Promise<void>((attached, failed) => {
    let said = "";
    tracer.stderr?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("attached")) attached();
    });
    tracer.once("exit", () => failed(new Error(said)));
  });
  return tracer;
}

const there = process.platform === "linux" && spawnSync("strace", ["-V"]).status === 0;
if (!there) console.warn("SKIPPED: a disk that fails is made with strace on Linux, which is not there");

describe.runIf(there || process.env.PARLEY_REQUIRE_ALL === "1")("a disk that failed once", () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => {
    await gateway.stop();
    gateway.remove();
  });

  const ready = async () => (await fetch(`${gateway.url}/readyz`)).status;

  it("is trusted no more: nothing is acknowledged, though it answers again, until the gateway starts anew", async () => {
    const peer = await Peer.open(gateway.ws);
    const { session, secret, epoch } = await peer.next("welcome");
    const said = async () => {
      const { reply, fault } = await peer.say({ id: newId(), act: { act: "greet" } });
      return fault?.code ?? reply?.move.act;
    };
    expect([await said(), await ready()]).toEqual(["greet", 200]);
    const tracer = await failing(gateway.process.pid ?? 0);
    expect([await said(), await ready()]).toEqual(["unavailable", 503]);
    const gone = new Promise((done) => tracer.once("exit", done));
    tracer.kill("SIGINT");
    await gone;
    expect([await said(), await ready()]).toEqual(["unavailable", 503]);
    await gateway.stop();
    gateway = await startGateway({ PARLEY_HOME: gateway.home });
    await expect.poll(ready).toBe(200);
    const back = await Peer.open(gateway.ws, { resume: { session, secret: secret ?? "", epoch, seq: 0 } });
    await back.next("welcome");
    const { reply } = await back.say({ id: newId(), act: { act: "greet" } });
    expect(reply?.move.act).toBe("greet");
  });
});
