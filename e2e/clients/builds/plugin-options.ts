/** The options of the plugins that the builds of these tests set. Every major of every plugin takes them, 2.x one project only. */
export type PluginOptions = {
  readonly org: string;
  readonly project: string | string[];
  readonly authToken: string;
  readonly url: string;
  readonly telemetry: boolean;
  readonly release: {
    readonly name: string;
    readonly dist?: string;
    readonly setCommits?: { readonly auto: true };
    readonly deploy?: { readonly env: string; readonly name?: string; readonly url?: string };
    readonly uploadLegacySourcemaps?: { readonly paths: string[]; readonly urlPrefix: string };
  };
  readonly sourcemaps?: { readonly disable: boolean };
};
