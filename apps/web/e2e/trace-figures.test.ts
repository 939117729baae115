import { expect, test } from "vitest";
import { traceFigures } from "./trace-figures.ts";

const URL = "http://lf.test/releases";
const event = (name: string, milliseconds: number, data: object = {}, more: object = {}) => ({
  name,
  ts: 1_000_000 + milliseconds * 1000,
  pid: 7,
  args: { data },
  ...more,
});
const loaded = (requestId: string, resourceType: string, encodedDataLength: number, milliseconds: number) => [
  event("ResourceSendRequest", milliseconds, { requestId, resourceType }),
  event("ResourceReceiveResponse", milliseconds + 5, { requestId }),
  event("ResourceFinish", milliseconds + 9, { requestId, encodedDataLength }),
];
const traced = (...events: object[]) => JSON.stringify({ traceEvents: events });
const opened = event("navigationStart", 0, { documentLoaderURL: URL });
const painted = event("largestContentfulPaint::Candidate", 90);

test("adds up sizes by kind, and counts times from the request of the page", () => {
  const trace = traced(
    opened,
    ...loaded("1", "Document", 12_000, 1),
    ...loaded("2", "Script", 70_000, 10),
    ...loaded("3", "Script", 30_000, 11),
    ...loaded("4", "Stylesheet", 5000, 12),
    ...loaded("5", "Font", 48_000, 13),
    event("largestContentfulPaint::Candidate", 40),
    painted,
    event("RunTask", 50, {}, { dur: 80_000 }),
    event("RunTask", 140, {}, { dur: 50_000 }),
  );
  expect(traceFigures(trace, URL)).toEqual({
    script: 100_000,
    style: 5000,
    font: 48_000,
    html: 12_000,
    response: 6,
    largestPaint: 90,
    blocked: 30,
  });
});

test("ignores earlier events and other processes", () => {
  const trace = traced(
    ...loaded("0", "Script", 1, -50),
    event("RunTask", -20, {}, { dur: 500_000 }),
    opened,
    ...loaded("1", "Document", 12_000, 1),
    event("RunTask", 20, {}, { dur: 500_000, pid: 8 }),
    painted,
  );
  expect(traceFigures(trace, URL)).toMatchObject({ script: 0, blocked: 0, html: 12_000 });
});

test("throws for a trace without the page, its response or its painting", () => {
  const document = loaded("1", "Document", 12_000, 1);
  expect(() => traceFigures(traced(...document, painted), URL)).toThrow("does not contain the navigation to http://lf.test/releases");
  expect(() => traceFigures(traced(opened, painted), URL)).toThrow("no response");
  expect(() => traceFigures(traced(opened, ...document), URL)).toThrow("no painting");
});
