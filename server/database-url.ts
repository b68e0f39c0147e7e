// Where a database of PostgreSQL is: an address with a password in it, never told in a message.
import { z } from 'zod'

/** `postgresql://NAME:PASSWORD@HOST:PORT/DATABASE`, with what else `pg` takes behind a question mark. */
export const DatabaseUrl = z.string().refine((address) => {
  const url = URL.parse(address)
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
}, 'must be an address such as postgresql://NAME:PASSWORD@HOST:5432/DATABASE')
