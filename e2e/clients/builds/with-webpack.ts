import webpack, { type WebpackPluginInstance } from "webpack";

/** Builds the shop in the working directory with webpack. @throws for errors and warnings. */
export async function withWebpack(plugin: WebpackPluginInstance): Promise<void> {
  const compiler = webpack({
    mode: "production",
    context: process.cwd(),
    entry: { main: "./main.js" },
    output: { path: `${process.cwd()}/dist/assets`, filename: "[name].js", publicPath: "/assets/" },
    devtool: "source-map",
    plugins: [plugin],
  });
  const problems = await new Promise<string>((done, fail) => {
    compiler.run((error, stats) => {
      if (error) fail(error);
      else done(stats?.hasErrors() || stats?.hasWarnings() ? stats.toString("errors-warnings") : "");
    });
  });
  await new Promise<void>((done, fail) => {
    compiler.close((error) => (error ? fail(error) : done()));
  });
  if (problems !== "") throw new Error(problems);
}
