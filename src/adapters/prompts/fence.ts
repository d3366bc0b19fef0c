/**
 * Words of others as data: a tag that only the renderer writes, around one JSON string in which `<`, `>` and `&` are
 * escaped, so nothing inside can end the tag or begin another. No words, no fence: that is how a prompt sees that there
 * are none.
 */
export function fence(name: string, words: string): string {
  if (words === "") return "";
  return `<data name="${name}">${JSON.stringify(words).replace(/[<>&\u2028\u2029]/g, escaped)}</data>`;
}

/** At most `keep` UTF-16 units of the words, from both ends, with a note of how many are gone. */
export function cut(words: string, keep: number): string {
  if (words.length <= keep) return words;
  const head = Math.ceil(Math.max(0, keep) / 2);
  const tail = Math.max(0, keep) - head;
  const note = `[... ${words.length - head - tail} characters left out ...]`;
  return `${words.slice(0, head)}${note}${tail > 0 ? words.slice(-tail) : ""}`.toWellFormed();
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
