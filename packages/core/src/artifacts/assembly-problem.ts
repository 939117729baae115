/** What is wrong with an archive, in a sentence for whoever uploaded it. */
export class AssemblyProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AssemblyProblem";
  }
}
