import { inProcessMarkdown } from "@landfall/domain/release-notes/markdown";
import { afterEach, expect, test } from "vitest";
import { createMarkdownPool } from "./markdown-pool.ts";

type Pool = ReturnType<typeof createMarkdownPool>;

/** Timers that run only on request, so that the speed of the machine does not matter. */
function manualTimers() {
  const waiting = new Map<() => void, number>();
  return {
    now: () => 0,
    later(work: () => void, milliseconds: number) {
      waiting.set(work, milliseconds);
      return () => void waiting.delete(work);
    },
    due: () => [...waiting.values()],
    runAll() {
      const due = Array.from(waiting.keys());
      waiting.clear();
      for (const work of due) work();
    },
  };
}

let pool: Pool;
const errors: unknown[] = [];
const onError = (error: unknown) => void errors.push(error);

afterEach(async () => {
  await pool.stop();
  if (errors.length > 0) throw new AggregateError(errors.splice(0));
});

test("renders the same as without a worker, one text after the other", async () => {
  pool = createMarkdownPool({ timers: manualTimers(), onError });
  const texts = ["# One\n\n- a\n- b", "**two**", "[".repeat(30)];
  expect(await Promise.all(texts.map((text) => pool.render(text)))).toEqual(
    await Promise.all(texts.map((text) => inProcessMarkdown.render(text))),
  );
});

/** Takes minutes. */
const BOMB = "*a **a ".repeat(2800);

test("stops rendering a text that exceeds its time, and continues with the next", async () => {
  const timers = manualTimers();
  pool = createMarkdownPool({ timers, onError });
  const slow = pool.render(BOMB);
  const next = pool.render("fine");
  expect(timers.due()).toEqual([3000]);
  timers.runAll();
  expect(await slow).toEqual({ problem: "These notes take too long to render. Nest less, or split them." });
  expect(await next).toMatchObject({ html: "<p>fine</p>" });
});

test("refuses texts beyond the queue limit, and all texts after it was stopped", async () => {
  pool = createMarkdownPool({ timers: manualTimers(), onError, limits: { waiting: 1 } });
  const outcomeOf = (markdown: string) => pool.render(markdown).catch((error: unknown) => error);
  const refused = expect.objectContaining({ code: "unavailable" });
  const accepted = Promise.all([outcomeOf(BOMB), outcomeOf("waits")]);
  expect(await outcomeOf("too many")).toEqual(refused);
  await pool.stop();
  expect(await accepted).toEqual([refused, refused]);
  expect(await outcomeOf("late")).toEqual(refused);
});

test("ends an idle worker, and starts another when it is needed", async () => {
  const timers = manualTimers();
  pool = createMarkdownPool({ timers, onError });
  await pool.render("a");
  expect(timers.due()).toEqual([60_000]);
  timers.runAll();
  expect(await pool.render("b")).toMatchObject({ html: "<p>b</p>" });
});
