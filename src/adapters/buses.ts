import { Fault } from "../domain/fault.ts";
import type { Bus } from "../ports/bus.ts";
import type { Log } from "../ports/log.ts";

/** `vendor` keeps the hints of several vendors on one server apart. */
type Driver = (url: string, vendor: string, log: Log) => Promise<Bus>;

/** Each scheme of a bus address, loaded only when it is named. */
const DRIVERS: Readonly<Record<string, Driver>> = {
  "nats:": natsBus,
  "tls:": natsBus,
};

async function natsBus(url: string, vendor: string, log: Log): Promise<Bus> {
  const { openNatsBus } = await import("./nats/bus.ts");
  return openNatsBus(url, vendor, log);
}

/** As a setting is checked by. */
export const BUS_SCHEMES: readonly string[] = Object.keys(DRIVERS).map((scheme) => scheme.slice(0, -1));

/**
 * Opens the bus that `url` names. One that nobody answers at is no fault: it is tried again for as long as it takes.
 * @throws Fault `bad_config` for another scheme.
 */
export async function openBus(url: string, vendor: string, log: Log): Promise<Bus> {
  const driver = DRIVERS[new URL(url).protocol];
  if (driver === undefined)
    throw new Fault("bad_config", `a bus address begins with one of ${BUS_SCHEMES.join("://, ")}://`);
  return driver(url, vendor, log);
}
