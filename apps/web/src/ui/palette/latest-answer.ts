/** What asking for a text came to. */
export type SearchOutcome<T> =
  | { readonly state: "answered"; readonly text: string; readonly value: T }
  | { readonly state: "failed"; readonly text: string; readonly error: unknown };

type LatestRequestOptions<T> = {
  readonly ask: (text: string, signal: AbortSignal) => Promise<T>;
  readonly tell: (asked: SearchOutcome<T>) => void;
  /** Milliseconds of rest before something is asked. */
  readonly rest: number;
};

/** Asks for what was typed once typing rests, and tells the answer to what was typed last, whichever comes first. */
export function latestRequest<T>({ ask, tell, rest }: LatestRequestOptions<T>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;
  const stop = () => {
    clearTimeout(timer);
    current?.abort();
    current = undefined;
  };
  const send = async (text: string) => {
    const mine = new AbortController();
    current = mine;
    const asked = await ask(text, mine.signal).then(
      (value): SearchOutcome<T> => ({ state: "answered", text, value }),
      (error: unknown): SearchOutcome<T> => ({ state: "failed", text, error }),
    );
    if (current === mine) tell(asked);
  };
  return {
    /** What was asked before is given up. */
    want(text: string): void {
      stop();
      timer = setTimeout(() => void send(text), rest);
    },
    stop,
  };
}
