// Something that is asked for again and again and must not run beside itself.

/** Asked for while it runs, it runs once more. */
export const oneAtATime = (doing: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | null = null
  let again = false
  const run = async () => {
    do {
      again = false
      await doing()
    } while (again)
  }
  return () => {
    again = running !== null
    running ??= run().finally(() => {
      running = null
    })
    return running
  }
}
