// X.509 certificates (RFC 5280) as our small authority issues them: P-256, and no field that nobody here reads.
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import { bitString, integer, octetString, oid, sequence, tagged, time, yes } from './der.ts'
import { commonName, ecdsaWithSha256, signed } from './x509-names.ts'

/** What a certificate says, whoever it is for. */
type Said = {
  /** 16 bytes by chance: nobody foresees them, and no two are the same (RFC 5280 4.1.2.2). */
  serial: Uint8Array
  /** Milliseconds since 1970; whole seconds are kept. */
  from: number
  to: number
}

export type LeafOptions = Said & {
  name: string
  /** Who holds it, as a URI in its alternative names (RFC 5280 4.2.1.6). */
  uri: string
  /** Names and addresses at which it answers; none where it only asks. */
  hosts: readonly string[]
  /** SubjectPublicKeyInfo as DER. */
  publicKey: Uint8Array
  issuer: { name: string; key: KeyObject }
}

/** The certificate of an authority, signed by itself. DER. */
export const authorityCertificate = (of: Said & { name: string; key: KeyObject }): Uint8Array => {
  const publicKey = spkiOf(of.key)
  return certificate({
    ...of,
    publicKey,
    issuer: of,
    extensions: [
      // It signs those of kiosks and servers, and no other authority.
      extension('2.5.29.19', 'critical', sequence(yes, integer(Uint8Array.of(0)))),
      // keyCertSign and cRLSign, bits 5 and 6.
      extension('2.5.29.15', 'critical', bitString(Uint8Array.of(0b0000_0110), 1)),
      extension('2.5.29.14', 'plain', octetString(keyId(publicKey))),
    ],
  })
}

/** The certificate of somebody who speaks over TLS: asks, and where it has hosts answers too. DER. */
export const leafCertificate = (of: LeafOptions): Uint8Array => {
  const uses = [oid(clientAuth), ...(of.hosts.length > 0 ? [oid(serverAuth)] : [])]
  const names = [tagged(6, 'in place', ascii(of.uri)), ...of.hosts.map(hostName)]
  return certificate({
    ...of,
    extensions: [
      extension('2.5.29.19', 'critical', sequence()),
      // digitalSignature, bit 0.
      extension('2.5.29.15', 'critical', bitString(Uint8Array.of(0b1000_0000), 7)),
      extension('2.5.29.37', 'plain', sequence(...uses)),
      extension('2.5.29.17', 'plain', sequence(...names)),
      extension('2.5.29.14', 'plain', octetString(keyId(of.publicKey))),
      extension(
        '2.5.29.35',
        'plain',
        sequence(tagged(0, 'in place', keyId(spkiOf(of.issuer.key)))),
      ),
    ],
  })
}

/** RFC 5280 4.2.1.12: whoever has only the first cannot pass itself off as a server. */
const clientAuth = '1.3.6.1.5.5.7.3.2'
const serverAuth = '1.3.6.1.5.5.7.3.1'

const certificate = (
  of: Said & {
    name: string
    publicKey: Uint8Array
    issuer: { name: string; key: KeyObject }
    extensions: Uint8Array[]
  },
): Uint8Array =>
  signed(
    sequence(
      // Version 3 (RFC 5280 4.1.2.1).
      tagged(0, 'around', integer(Uint8Array.of(2))),
      integer(of.serial),
      ecdsaWithSha256,
      commonName(of.issuer.name),
      sequence(time(of.from), time(of.to)),
      commonName(of.name),
      of.publicKey,
      tagged(3, 'around', sequence(...of.extensions)),
    ),
    of.issuer.key,
  )

/** RFC 5280 4.2: who does not know a critical one refuses the certificate. */
const extension = (name: string, how: 'critical' | 'plain', content: Uint8Array): Uint8Array =>
  sequence(oid(name), ...(how === 'critical' ? [yes] : []), octetString(content))

/** RFC 5280 4.2.1.6: dNSName, or iPAddress as its bytes. */
const hostName = (host: string): Uint8Array => {
  switch (isIP(host)) {
    case 0:
      return tagged(2, 'in place', ascii(host))
    case 4:
      return tagged(7, 'in place', Uint8Array.from(host.split('.').map(Number)))
    default:
      return tagged(7, 'in place', ipv6Bytes(host))
  }
}

/** The eight groups of an address, with `::` filled in. */
const ipv6Bytes = (host: string): Uint8Array => {
  const [head = '', tail] = host.split('::')
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
  const first = groupsOf(head)
  const last = tail === undefined ? [] : groupsOf(tail)
  const between = Array.from({ length: 8 - first.length - last.length }, () => '0')
  const groups = [...first, ...between, ...last].map((group) => Number.parseInt(group, 16))
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const spkiOf = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' })

/** RFC 5280 4.2.1.2, method 1 with a hash of today: names a key, and proves nothing. */
const keyId = (spki: Uint8Array): Uint8Array =>
  createHash('sha256').update(spki).digest().subarray(0, 20)
