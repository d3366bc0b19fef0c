/** As `Storage`, for as long as the page lasts. */
class Memory {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

/** `localStorage`; where the browser refuses it, as to frames of other sites, what is kept lasts as long as the page. */
function opened(): Storage {
  try {
    return localStorage;
  } catch {
    return new Memory() as unknown as Storage;
  }
}

export const shelf = opened();
