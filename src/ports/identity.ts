import type { Mandate } from "../domain/mandate.ts";
import type { Staff } from "../domain/staff.ts";

/** A token that holds: of whom, and until when (RFC 3339 in UTC). */
export interface TokenHolder {
  readonly subject: string;
  readonly until: string;
}

/**
 * Verifies access tokens of an identity provider. MUST hold signature, algorithm, issuer, audience and times; MUST NOT
 * take an algorithm from the token that is not allowed here, nor a key it does not know. Throws `unauthorized`.
 */
export interface TokenVerifier {
  verify(token: string): Promise<TokenHolder>;
}

/** A request as it was received, for whoever signed it (RFC 9421). */
export interface SignedRequest {
  readonly method: string;
  /** Absolute, as the sender knows it. */
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly body: Uint8Array | null;
}

/** A signature that holds. The nonce MUST be looked up in the shared store before anything is done on its strength. */
export interface RequestSigner {
  readonly agent: string;
  readonly nonce: string;
  /** From then on the signature itself is void: RFC 3339 in UTC. */
  readonly until: string;
}

/** Verifies signed requests of agents the vendor lists. Throws `unauthorized`. */
export interface RequestVerifier {
  verify(request: SignedRequest): Promise<RequestSigner>;
}

/** A mandate that holds, with the key its holder proved to have. The nonce is to be used once, as above. */
export interface PresentedMandate {
  readonly mandate: Mandate;
  /** RFC 7638 thumbprint of the holder's key. */
  readonly holder: string;
  readonly nonce: string;
  readonly until: string;
}

/** Verifies AP2 mandates. Throws `mandate_refused`. */
export interface MandateVerifier {
  verify(presented: string): Promise<PresentedMandate>;
}

/** One of the vendor's people, by whatever they showed. */
export type Named = Pick<Staff, "id" | "name" | "role">;

/** One of the vendor's people as a browser shows it: since when it is signed in, and by what. */
export interface SignedIn extends Staff {
  readonly until: string;
  /** Whether what the browser keeps is to be made anew by now. */
  readonly ages: boolean;
  readonly since: string;
  readonly by: "token" | "oidc";
}

/** Who of the vendor's people somebody is. What it gives a browser MUST hold at every node of the vendor, and end. */
export interface StaffDoor {
  /** Who holds this token; null for nobody. MUST take as long for a wrong one as for a right one. */
  holder(token: string): Named | null;
  /** For a browser to keep, for a while, at most so long from `since` (RFC 3339; absent: now) on. */
  issue(
    staff: Named,
    by: SignedIn["by"],
    since?: string,
  ): Promise<{ readonly token: string; readonly until: string }>;
  /** Throws `unauthorized`, and `token_expired`. MUST NOT let in a holder of a token that was taken back meanwhile. */
  read(kept: string): Promise<SignedIn>;
  /** Signing in at an identity provider; null where there is none. */
  readonly provider: StaffProvider | null;
}

/** An identity provider that the vendor's people sign in at (OpenID Connect, code flow with PKCE). */
export interface StaffProvider {
  /** Where to send the browser, and what it keeps until it returns. */
  begin(back: string): Promise<{ readonly url: string; readonly kept: string }>;
  /** Who returned. Throws `unauthorized`, and `forbidden` for somebody without a role. */
  finish(returned: string, kept: string): Promise<Named>;
}
