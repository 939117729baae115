import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { FormError } from "./form-error.tsx";
import { ProjectSelect, Select } from "./select.tsx";

const markupOf = (children: ReactNode) => renderToStaticMarkup(<MantineProvider>{children}</MantineProvider>);

const options = (html: string) =>
  [...html.matchAll(/<option value="([^"]*)"( selected="")?>(.*?)<\/option>/g)].map(([, value, selected, text]) => [
    value,
    text,
    Boolean(selected),
  ]);

describe("a select", () => {
  const render = (chosen: string) =>
    markupOf(
      <Select
        label="Status"
        name="status"
        chosen={chosen}
        options={[
          ["open", "Open"],
          ["archived", "Archived"],
        ]}
      />,
    );

  test("has a label and the chosen option", () => {
    expect(render("archived")).toContain('aria-label="Status"');
    expect(options(render("archived"))).toEqual([
      ["open", "Open", false],
      ["archived", "Archived", true],
    ]);
  });

  test("keeps a chosen value that is not an option, so that submitting the form does not change it", () => {
    expect(options(render("gone"))).toEqual([
      ["open", "Open", false],
      ["archived", "Archived", false],
      ["gone", "gone", true],
    ]);
  });
});

describe("a project select", () => {
  test("lists all projects if there are few", () => {
    const html = markupOf(<ProjectSelect slugs={["api", "web"]} hasMore={false} chosen="web" />);
    expect(options(html)).toEqual([
      ["", "All projects", false],
      ["api", "api", false],
      ["web", "web", true],
    ]);
  });

  test("is a text field with suggestions if there are many", () => {
    const html = markupOf(<ProjectSelect slugs={["api"]} hasMore chosen="web" />);
    expect(html).toContain('list="project-slugs"');
    expect(html).toContain('value="web"');
    expect(html).not.toContain("<select");
  });
});

describe("a form's error", () => {
  test("is announced", () => {
    expect(renderToStaticMarkup(<FormError message="This slug is taken." />)).toMatch(/^<p role="alert"[^>]*>This slug is taken\.<\/p>$/);
  });

  test.each([null, undefined, ""])("renders nothing for %j", (message) => {
    expect(renderToStaticMarkup(<FormError message={message} />)).toBe("");
  });
});
