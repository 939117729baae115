import { describe, expect, it } from "vitest";
import { budgets } from "./budgets.ts";
import { printedReport } from "./print-report.ts";
import type { Report } from "./report.ts";
import { around, sampleReport } from "./sample-report.ts";

const { machine, plan, throughput } = sampleReport;
if (!throughput) throw new Error("the sample has every part");

const lineWith = (text: string, part: string) => text.split("\n").find((line) => line.includes(part));

describe("printedReport", () => {
  const text = printedReport(sampleReport, budgets(sampleReport));

  it("describes the machine", () => {
    expect(text.split("\n")[0]).toBe("2 × Test, 4 GiB, Linux 6, Node v24.0.0, 2026-01-01T00:00:00.000Z, load before 0.1");
  });

  it.each([
    [
      "a read has no grouped baseline",
      "REST retrieve ",
      /REST retrieve +3,000 \(1,500–6,000\) +5,000 \(2,500–10,000\) +0\.600 \(0\.300–1\.20\) +– +– +250 +250 +1\.00/,
    ],
    ["a write has one", "REST create", /2,000 .* 2\.00 .* 3,000 .* 0\.700/],
    ["sizes are in columns", "first page, 100 rows", /2\.00 \(1\.00–4\.00\) +2\.20 \(1\.10–4\.40\) +1\.10$/],
    ["memory of each size's server", "memory after the first page", /120 \(60\.0\) +300 \(62\.0\)$/],
    ["lists of commits", "set 10,000 commits, 30,000 files", /400 \(200–800\) +300 \(150–600\)$/],
    ["writers by mode", "normal, grouped", /30,000 \(15,000–60,000\) +0\.400 \(0\.200–0\.800\)$/],
    [
      "what the disk allows",
      "Syncing 4 KiB",
      /0\.500 \(0\.250–1\.00\) ms, so 16 concurrent writers reach at most 32,000 transactions per second\.$/,
    ],
    [
      "starts",
      "From process start",
      /900 \(450–1,800\) ms\. Memory, idle, without pages: 117 \(58\.0\) MiB \(private\)\. With pages, after reading them: 180 \(95\.0\) MiB\.$/,
    ],
    [
      "the releases page",
      "HTML of the releases page:",
      /20\.0 \(10\.0–40\.0\) ms with 100 releases, 21\.0 \(10\.5–42\.0\) ms with 100,000, ratio 1\.05 .* pages: 220 \(120\) MiB\.$/,
    ],
    ["memory under load", "Memory, MiB", /110 \(60\.0\) at start, 190 \(130\) after the load\.$/],
    ["uploads", "4 chunks ", /4 chunks +2 +200 \(100–400\) +250 \(125–500\) +0\.800 \(0\.400–1\.60\)$/],
    ["memory after uploads", "it parses no form", /Memory of the server, MiB: 110 at start, 190 after the uploads\.$/],
    ["archives by step", "join and hash the chunks", / 40\.0 \(20\.0–80\.0\) +50\.0 \(25\.0–100\)$/],
    ["lookups by size", "by debug id ", /0\.500 \(0\.250–1\.00\) +0\.600 \(0\.300–1\.20\) +1\.20$/],
    ["frames", "first trace", /60\.0 \(30\.0–120\) +40\.0 \(20\.0–80\.0\) +1\.50 \(0\.750–3\.00\)$/],
    ["how often a map was parsed", "read and parsed", /^The map was read and parsed once for both\./],
    ["budgets", "set-commits of 10,000", /≤ 1000 +400 +met$/],
  ])("%s", (_, part, expected) => {
    expect(lineWith(text, part)).toMatch(expected);
  });

  it("marks a missed budget", () => {
    const [result] = throughput.results;
    if (!result) throw new Error("the sample has requests");
    const slow: Report = { ...sampleReport, throughput: { ...throughput, results: [{ ...result, toBaseline: around(0.2) }] } };
    expect(lineWith(printedReport(slow, budgets(slow)), "REST retrieve, relative to the baseline")).toMatch(/0\.200 +MISSED$/);
  });

  it("warns about a ratio whose baseline runs different statements, listing each once", () => {
    const unequal = [{ name: "REST retrieve", onlyLandfall: ["select 1", "select 1"], onlyBaseline: ["select 2"] }];
    const lines = printedReport({ machine, plan, throughput: { ...throughput, unequal } }, []).split("\n");
    const at = lines.findIndex((line) => line.startsWith("REST retrieve: the baseline runs different statements"));
    expect(lines.slice(at + 1, at + 3)).toEqual(["  only Landfall: select 1", "  only the baseline: select 2"]);
  });

  it("omits parts that were not measured", () => {
    expect(printedReport({ machine, plan }, []).trimEnd().split("\n")).toHaveLength(1);
  });

  it("reports that the pages are not built", () => {
    expect(printedReport({ machine, plan, pages: null }, [])).toContain("Pages not measured, because they are not built.");
    const { starts } = sampleReport;
    if (!starts) throw new Error("the sample has every part");
    expect(printedReport({ machine, plan, starts: { ...starts, idleWithPages: null } }, [])).toContain(
      "Pages not measured, because they are not built.",
    );
  });
});
