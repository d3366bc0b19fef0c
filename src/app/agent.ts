import { openModel } from "../adapters/model/drivers.ts";
import { openPrompts } from "../adapters/prompts/open.ts";
import { problemText } from "../adapters/prompts/problem.ts";
import { asker } from "../asking/ask.ts";
import { Fault } from "../domain/fault.ts";
import type { Log } from "../ports/log.ts";
import type { Model } from "../ports/model.ts";
import type { House, Meter, Policy } from "../session/house.ts";
import { agent } from "../turn/house-agent.ts";
import type { Config } from "./config.ts";

/** Opens what a gateway with a model needs: the models, the prompts, and who puts the questions. */
export async function openAgent(
  config: Config & { readonly model: string },
  log: Log,
  meter: Meter,
): Promise<Help> {
  const wording = await opened("PARLEY_MODEL", config.model, config.model_key);
  const reading =
    config.model_reading === undefined
      ? wording
      : await opened("PARLEY_MODEL_READING", config.model_reading, config.model_reading_key);
  const prompts = await openPrompts(config.prompts, {
    watch: true,
    onProblem: (problem) => log.warn({ problem: problemText(problem) }, "a prompt stays as it was"),
    onChange: (name, before, after) =>
      log.info({ prompt: name, before: before?.hash ?? null, after: after.hash }, "a prompt changed"),
  });
  log.info({ wording: wording.id, reading: reading.id }, "a model helps to read and to word");
  return {
    agent,
    asker: asker({
      ...{ models: { reading, wording }, prompts, log },
      prices: {
        [wording.id]: config.model_price ?? null,
        ...(reading.id === wording.id ? {} : { [reading.id]: config.model_reading_price ?? null }),
      },
      bounds:
        config.model_session_usd === undefined
          ? {}
          : { session_micro_usd: Math.round(config.model_session_usd * MICRO) },
      meter: (measured) => meter.question(measured),
    }),
    warm: async (policy) => (await import("./warm.ts")).warm(agent, prompts, policy),
    close: () => prompts.close(),
  };
}

export type Help = NonNullable<House["model"]> & {
  /** Makes ready what the first buyer would otherwise wait for. */
  warm(policy: Policy): Promise<void>;
  close(): Promise<void>;
};

/** Throws `bad_config` naming the setting. */
async function opened(setting: string, line: string, key: string | undefined): Promise<Model> {
  try {
    return await openModel(line, key === undefined ? {} : { key });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(error.code, `${setting}: ${error.message}`, { cause: error });
  }
}

const MICRO = 1_000_000;
