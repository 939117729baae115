/**
 * The layers of the code: an import only points down. AGENTS.md describes what belongs in each.
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "no-folder-cycles",
      comment: "Folders that import each other cannot be read one at a time. Move what both need below them.",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    {
      name: "kernel-is-lowest",
      comment: "kernel/ imports no other layer of core.",
      severity: "error",
      from: { path: "^packages/core/src/kernel/" },
      to: { path: "^packages/core/src/", pathNot: "^packages/core/src/kernel/" },
    },
    {
      name: "access-below-records",
      comment: "access/ imports kernel/ only.",
      severity: "error",
      from: { path: "^packages/core/src/access/" },
      to: { path: "^packages/core/src/", pathNot: "^packages/core/src/(kernel|access)/" },
    },
    {
      name: "records-below-operations",
      comment: "records/ imports access/ and kernel/ only.",
      severity: "error",
      from: { path: "^packages/core/src/records/" },
      to: { path: "^packages/core/src/", pathNot: "^packages/core/src/(kernel|access|records)/" },
    },
    {
      name: "one-domain",
      comment: "A domain imports no other domain. What two domains need belongs in records/, or in packages/domain if it has no I/O.",
      severity: "error",
      from: { path: "^packages/core/src/operations/([^/]+)/" },
      to: { path: "^packages/core/src/operations/", pathNot: "^packages/core/src/operations/$1/" },
    },
    {
      name: "operations-are-highest",
      comment: "Only sample-data/ and create-app.ts stand above operations/.",
      severity: "error",
      from: { path: "^packages/core/src/operations/" },
      to: { path: "^packages/core/src/", pathNot: "^packages/core/src/(kernel|access|records|operations)/" },
    },
    {
      name: "domain-has-no-io",
      comment: "packages/domain imports nothing of ours but schema.",
      severity: "error",
      from: { path: "^packages/domain/src/" },
      to: { path: "^(packages|apps)/", pathNot: "^packages/(domain|schema)/" },
    },
    {
      name: "ui-is-lowest",
      comment: "ui/ is the design system: it knows no feature and no server.",
      severity: "error",
      from: { path: "^apps/web/src/ui/" },
      to: { path: "^apps/web/src/", pathNot: "^apps/web/src/ui/" },
    },
    {
      name: "server-below-features",
      comment: "server/ imports neither features/ nor app/.",
      severity: "error",
      from: { path: "^apps/web/src/(server|admin)/" },
      to: { path: "^apps/web/src/(features|app)/" },
    },
    {
      name: "app-is-highest",
      comment: "app/ only composes routes: nothing imports it.",
      severity: "error",
      from: { path: "^apps/web/src/", pathNot: "^apps/web/src/app/" },
      to: { path: "^apps/web/src/app/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.(test|fixture)\\.tsx?$|/(test|e2e|dist|\\.next)/|^apps/web/next-env" },
    includeOnly: "^(packages|apps|bench)/",
    tsPreCompilationDeps: true,
    parser: "tsc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js"],
    },
  },
};
