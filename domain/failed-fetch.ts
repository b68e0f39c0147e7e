// What a `fetch` that failed says: that not a byte has left, or that nobody knows.

/** `fetch` hides what happened in its cause; with two addresses it is one cause for each. */
const causesOf = (error: unknown): unknown[] => {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors
  return error instanceof Error && error.cause !== undefined ? causesOf(error.cause) : [error]
}

/** No connection, or one whose encryption could not be agreed: not a byte of the request has left. */
export const neverSent = (error: unknown): boolean =>
  causesOf(error).every((cause) => {
    const { syscall, code } = detailsOf(cause)
    return (
      syscall === 'connect' ||
      syscall === 'getaddrinfo' ||
      code === 'UND_ERR_CONNECT_TIMEOUT' ||
      /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code)
    )
  })

const detailsOf = (cause: unknown): { syscall: string; code: string } => {
  if (!(cause instanceof Error)) return { syscall: '', code: '' }
  const syscall = 'syscall' in cause && typeof cause.syscall === 'string' ? cause.syscall : ''
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return { syscall, code }
}

/** What happened, in one line for a log. */
export const wordsOf = (error: unknown): string =>
  causesOf(error)
    .map((cause) => (cause instanceof Error ? cause.message : String(cause)))
    .join('; ')
