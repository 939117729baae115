import * as z from "zod";

/** What one page cost, read from the browser's own trace. Sizes are those on the wire, in bytes; times in milliseconds from asking for it. */
export type TraceFigures = {
  readonly script: number;
  readonly style: number;
  readonly font: number;
  readonly html: number;
  /** When the first byte of the page was there. */
  readonly answer: number;
  /** When the largest part of what is seen was painted. */
  readonly largestPaint: number;
  /** How long the main thread was busy with tasks of more than 50 ms, beyond these 50. */
  readonly blocked: number;
};

/** What of a trace event is read here. Times are microseconds. */
const Event = z.object({
  name: z.string(),
  ts: z.number(),
  dur: z.number().optional(),
  pid: z.number(),
  args: z
    .object({
      data: z
        .object({
          requestId: z.string().optional(),
          url: z.string().optional(),
          resourceType: z.string().optional(),
          encodedDataLength: z.number().optional(),
          isOutermostMainFrame: z.boolean().optional(),
          documentLoaderURL: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});
const Trace = z.object({ traceEvents: z.array(Event) });
type Event = z.infer<typeof Event>;

const MILLISECOND = 1000;
const LONG_TASK = 50;

/** The figures of the page at `url`, whose opening was traced. Throws when the trace does not hold it. */
export function traceFigures(trace: string, url: string): TraceFigures {
  const { traceEvents } = Trace.parse(JSON.parse(trace));
  const start = traceEvents.findLast(({ name, args }) => name === "navigationStart" && args?.data?.documentLoaderURL === url);
  if (!start) throw new Error(`The trace does not hold the opening of ${url}.`);
  const mine = traceEvents.filter(({ ts, pid }) => pid === start.pid && ts >= start.ts);
  const since = ({ ts }: Event) => (ts - start.ts) / MILLISECOND;
  const named = (wanted: string) => mine.filter(({ name }) => name === wanted);

  const asked = new Map(named("ResourceSendRequest").map(({ args }) => [args?.data?.requestId, args?.data]));
  const sizes = new Map<string | undefined, number>();
  for (const { args } of named("ResourceFinish")) {
    const type = asked.get(args?.data?.requestId)?.resourceType;
    sizes.set(type, (sizes.get(type) ?? 0) + (args?.data?.encodedDataLength ?? 0));
  }
  const sizeOf = (type: string) => sizes.get(type) ?? 0;
  const document = [...asked.values()].find((data) => data?.resourceType === "Document");
  const answered = named("ResourceReceiveResponse").find(({ args }) => args?.data?.requestId === document?.requestId);
  const painted = named("largestContentfulPaint::Candidate").at(-1);
  if (!answered || !painted) throw new Error(`${url} was not answered, or nothing was painted.`);
  const long = named("RunTask").map(({ dur = 0 }) => dur / MILLISECOND - LONG_TASK);
  return {
    script: sizeOf("Script"),
    style: sizeOf("Stylesheet"),
    font: sizeOf("Font"),
    html: sizeOf("Document"),
    answer: since(answered),
    largestPaint: since(painted),
    blocked: long.filter((time) => time > 0).reduce((sum, time) => sum + time, 0),
  };
}
