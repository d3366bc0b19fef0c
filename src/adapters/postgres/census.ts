import type { Census } from "../../ports/census.ts";
import type { Queries } from "./database.ts";

/** One question; each count goes along an index of the open alone, and what is delivered leaves the outbox. */
export function postgresCensus(sql: Queries): Census {
  return {
    count: async (now) => {
      const [row] = await sql.query(OPEN, [now]);
      const text = (name: string) => (row?.[name] as string | null | undefined) ?? null;
      const orders = (status: string) => ({
        count: Number(row?.[status]),
        expires_at: text(`${status}_expires`),
      });
      return {
        pending: orders("pending"),
        approval_pending: orders("approval_pending"),
        holds: Number(row?.holds),
        outbox: {
          ...{ due: Number(row?.due), later: Number(row?.later), dead: Number(row?.dead) },
          oldest: text("oldest"),
        },
      };
    },
  };
}

const OPEN = `
  SELECT orders.*, holds.*, deliveries.* FROM
    (SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
       min(expires_at) FILTER (WHERE status = 'pending') AS pending_expires,
       count(*) FILTER (WHERE status = 'approval_pending') AS approval_pending,
       min(expires_at) FILTER (WHERE status = 'approval_pending') AS approval_pending_expires
     FROM intent WHERE status IN ('pending', 'approval_pending')) AS orders,
    (SELECT count(*) AS holds FROM hold WHERE until > $1) AS holds,
    (SELECT count(*) FILTER (WHERE due_at <= $1) AS due, count(*) FILTER (WHERE due_at > $1) AS later,
       count(*) FILTER (WHERE due_at IS NULL) AS dead, min(due_at) AS oldest FROM outbox) AS deliveries`;
