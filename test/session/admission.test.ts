import { expect, it } from "vitest";
import { type Door, identify } from "../../src/session/admission.ts";
import { tickets } from "../../src/session/tickets.ts";
import { openDoor } from "./door.ts";
import { openHouse } from "./opened-house.ts";

it("a ticket is used once, though clocks of nodes differ and one of them has forgotten all that ended by its own", async () => {
  const house = await openHouse();
  const at = (now: string): Door => {
    const clock = { now: () => now };
    const { once } = house.store;
    return openDoor({ clock, once, tickets: tickets("the secret of all nodes", clock) });
  };
  const slow = at("2030-05-06T07:00:00.000Z");
  const fast = at("2030-05-06T07:05:00.000Z");
  const { ticket, expires_at } = slow.tickets.issue(undefined);
  expect(expires_at < fast.clock.now()).toBe(true);
  await identify(slow, { key: ticket });
  await identify(fast, { key: fast.tickets.issue(undefined).ticket });
  await expect(identify(slow, { key: ticket })).rejects.toMatchObject({ code: "unauthorized" });
  await house.close();
});
