/** What every event of an erased session says. */
export const ERASED = '{"kind":"erased"}';
