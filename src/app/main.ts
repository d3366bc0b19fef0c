#!/usr/bin/env node
import module from "node:module";

const OLDEST = 24;
if (Number(process.versions.node.split(".")[0]) < OLDEST) {
  process.stderr.write(`parley needs Node ${OLDEST} or newer; this is ${process.version}\n`);
  process.exit(1);
}
module.enableCompileCache();

const { Fault } = await import("../domain/fault.ts");

/** A command gets the words after its name and gives its exit code. */
interface Command {
  readonly says: string;
  readonly load: () => Promise<{ run(args: string[]): Promise<number> }>;
}

/** Every command; each is loaded only when it is called. */
const commands: Readonly<Record<string, Command>> = {
  start: { says: "run the gateway", load: () => import("./start.ts") },
  buyer: { says: "watch a machine buyer bargain with the running gateway", load: () => import("./buyer.ts") },
  talk: { says: "bargain yourself, in English or Korean", load: () => import("./talk.ts") },
  ingest: {
    says: "load products, policies and reviews: ingest <file or folder>",
    load: () => import("./ingest.ts"),
  },
  lab: { says: "play fixtures against the prompts: lab --help", load: () => import("./lab.ts") },
  simulate: {
    says: "show what a policy would come to before it goes live: simulate <vendor folder>",
    load: () => import("./simulate.ts"),
  },
  gaps: {
    says: "what customers asked and got no answer to: gaps [list] | answer <id> | publish <id> | dismiss <id>",
    load: () => import("./gaps.ts"),
  },
  insights: { says: "what conversations came to: insights [--csv]", load: () => import("./insights.ts") },
  arena: {
    says: "let strategies bargain with buyers over scenarios: arena --help",
    load: () => import("./arena.ts"),
  },
  train: { says: "learn anew what messages are meant to do", load: () => import("./train.ts") },
  replay: { says: "decide a stored conversation again: replay [session]", load: () => import("./replay.ts") },
  outbox: {
    says: "how orders leave: outbox status, list | resend <id> of what was given up, enable <sink>",
    load: () => import("./outbox.ts"),
  },
  approvals: {
    says: "orders that wait for a person: approvals list | approve <id> | decline <id>",
    load: () => import("./approvals.ts"),
  },
  keys: {
    says: "list or rotate keys: keys [rotate | rotate-webhook | rotate-limits]",
    load: () => import("./keys.ts"),
  },
  audit: {
    says: "verify that nothing stored was changed, or sign how far it reaches: audit verify | checkpoint",
    load: () => import("./audit.ts"),
  },
  privacy: {
    says: "give out, or erase, all that is kept of somebody: privacy export | erase <principal or session>",
    load: () => import("./privacy.ts"),
  },
  identity: {
    says: "turn somebody away, or take them in again: identity [list | revoke <principal> | reinstate <principal>]",
    load: () => import("./identity.ts"),
  },
  backup: {
    says: "copy everything to a folder while it runs: backup <folder>",
    load: () => import("./backup.ts"),
  },
  restore: {
    says: "take everything back from a backup: restore <folder>",
    load: () => import("./restore.ts"),
  },
};

const [name = "start", ...args] = process.argv.slice(2);
const command = commands[name];
if (command) {
  try {
    const { run } = await command.load();
    process.exitCode = await run(args);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`parley ${name}: ${error.message}\n`);
    process.exitCode = 1;
  }
} else {
  const wanted = ["help", "--help", "-h"].includes(name);
  const lines = Object.entries(commands).map(([known, { says }]) => `  ${known.padEnd(9)} ${says}`);
  const text = `${wanted ? "" : `parley: there is no command ${name}\n`}usage: parley [command]\n${lines.join("\n")}\n`;
  (wanted ? process.stdout : process.stderr).write(text);
  process.exitCode = wanted ? 0 : 2;
}
