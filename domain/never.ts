// The end of every exhaustive switch.

/** Fails to compile while a case is missing, and says so at run time if the impossible arrives all the same. */
export const never = (value: never): never => {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
