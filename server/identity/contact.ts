// The first contact: which authority stands behind the centre at this address, before anything is said to it.
import { connect, type DetailedPeerCertificate } from 'node:tls'
import { fingerprintOf } from '../../domain/enrolment/enrolment-code.ts'
import { pemOf } from '../../domain/enrolment/x509-names.ts'
import { whyOf } from '../config-file.ts'

/** A centre that does not answer in this time is away. */
const contactLimitMs = 10_000
/** An authority stands right behind the server; more are nobody's. */
const longestChain = 4

export type Contact =
  /** PEM. It says only that this certificate was shown: the next connection believes no other. */
  | { kind: 'authority'; authority: string }
  | { kind: 'another authority' }
  | { kind: 'away'; why: string }

/** Looks at what is shown at this address, and says nothing. Never rejects. */
export const authorityAt = (
  { url, fingerprint }: { url: string; fingerprint: string },
  signal?: AbortSignal,
): Promise<Contact> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect({
      host: hostname.replaceAll(/[[\]]/g, ''),
      port: port === '' ? 443 : Number(port),
      // What is shown is compared with the code, letter by letter.
      rejectUnauthorized: false,
      timeout: contactLimitMs,
      ...(/[a-z]/i.test(hostname) && { servername: hostname }),
    })
    const end = (contact: Contact) => {
      socket.destroy()
      resolve(contact)
    }
    socket.on('timeout', () => end({ kind: 'away', why: 'there is no answer' }))
    socket.on('error', (error) => end({ kind: 'away', why: whyOf(error) }))
    signal?.addEventListener('abort', () => end({ kind: 'away', why: 'given up' }), { once: true })
    socket.on('secureConnect', () => {
      const found = chainOf(socket.getPeerCertificate(true)).find(
        (certificate) => fingerprintOf(certificate) === fingerprint,
      )
      end(
        found === undefined
          ? { kind: 'another authority' }
          : { kind: 'authority', authority: pemOf('CERTIFICATE', found) },
      )
    })
  })

/** What was shown, as DER, the server's own first. */
const chainOf = (first: DetailedPeerCertificate): Uint8Array[] => {
  const chain: Uint8Array[] = []
  let at: DetailedPeerCertificate | undefined = first
  while (at?.raw !== undefined && chain.length < longestChain) {
    chain.push(at.raw)
    // The last one of a chain is its own issuer.
    at = at.issuerCertificate === at ? undefined : at.issuerCertificate
  }
  return chain
}
