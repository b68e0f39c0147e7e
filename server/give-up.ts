/** Says each problem on a line of its own and ends the program with 1, as a program that was started wrongly does. */
export const giveUp = (problems: readonly string[]): void => {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}
