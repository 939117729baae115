import * as z from "zod";

/** The costs of a page, from the browser's trace. Sizes are transfer sizes in bytes, times are milliseconds from the request. */
export type TraceFigures = {
  readonly script: number;
  readonly style: number;
  readonly font: number;
  readonly html: number;
  /** When the first byte of the page arrived. */
  readonly response: number;
  /** The largest contentful paint. */
  readonly largestPaint: number;
  /** The total blocking time: the part of main-thread tasks beyond 50 ms. */
  readonly blocked: number;
};

/** The fields of a trace event that are used. Times are microseconds. */
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

/** Returns the costs of the page at `url`. @throws if the trace does not contain it. */
export function traceFigures(trace: string, url: string): TraceFigures {
  const { traceEvents } = Trace.parse(JSON.parse(trace));
  const start = traceEvents.findLast(({ name, args }) => name === "navigationStart" && args?.data?.documentLoaderURL === url);
  if (!start) throw new Error(`The trace does not contain the navigation to ${url}.`);
  const events = traceEvents.filter(({ ts, pid }) => pid === start.pid && ts >= start.ts);
  const since = ({ ts }: Event) => (ts - start.ts) / MILLISECOND;
  const eventsNamed = (type: string) => events.filter(({ name }) => name === type);

  const requests = new Map(eventsNamed("ResourceSendRequest").map(({ args }) => [args?.data?.requestId, args?.data]));
  const sizes = new Map<string | undefined, number>();
  for (const { args } of eventsNamed("ResourceFinish")) {
    const type = requests.get(args?.data?.requestId)?.resourceType;
    sizes.set(type, (sizes.get(type) ?? 0) + (args?.data?.encodedDataLength ?? 0));
  }
  const sizeOf = (type: string) => sizes.get(type) ?? 0;
  const document = [...requests.values()].find((data) => data?.resourceType === "Document");
  const received = eventsNamed("ResourceReceiveResponse").find(({ args }) => args?.data?.requestId === document?.requestId);
  const painted = eventsNamed("largestContentfulPaint::Candidate").at(-1);
  if (!received || !painted) throw new Error(`The trace has no response or no painting of ${url}.`);
  const long = eventsNamed("RunTask").map(({ dur = 0 }) => dur / MILLISECOND - LONG_TASK);
  return {
    script: sizeOf("Script"),
    style: sizeOf("Stylesheet"),
    font: sizeOf("Font"),
    html: sizeOf("Document"),
    response: since(received),
    largestPaint: since(painted),
    blocked: long.filter((time) => time > 0).reduce((sum, time) => sum + time, 0),
  };
}
